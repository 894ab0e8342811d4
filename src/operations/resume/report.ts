import { type Document, equationOf, inGroups, type Line, moment, plural } from '../../report/index.ts';
import type { NotificationEnds, ResumeResult } from './resume.ts';

/** What was found, what came of it, and the proof that nothing was lost. */
export const resumeDocument = (result: ResumeResult): Document => [
  { kind: 'paragraph', lines: linesOf([headlineOf(result), ...describeBefore(result)]) },
  ...endsOf(result),
  {
    kind: 'paragraph',
    lines: [
      ...linesOf(describeEnd(result)),
      ...warningsOf(result).map((text): Line => ({ text, tone: 'warning' })),
    ],
  },
];

const linesOf = (texts: readonly string[]): Line[] => texts.map((text) => ({ text }));

const headlineOf = ({ fromMs }: ResumeResult): string =>
  fromMs === 0
    ? 'Nothing has happened in this shop yet.'
    : `The shop stopped at ${moment(fromMs)} UTC, and goes on from there.`;

function describeBefore({ before: { pending, inHand, messages }, subscribers }: ResumeResult): string[] {
  const own = Object.entries(messages).filter(([name]) => subscribers.includes(name));
  const behind = own.map(
    ([subscriber, count]) => `Left for ${subscriber}: ${plural(count, 'message')} of the log.`,
  );
  const held = inHand === 0 ? '' : `, ${inGroups(inHand)} of them in hand when it stopped`;
  const deliveries =
    pending === 0 ? [] : [`Left undone: ${plural(pending, 'delivery', 'deliveries')}${held}.`];
  return behind.length + deliveries.length === 0 ? ['Nothing was left undone.'] : [...behind, ...deliveries];
}

/** A row for each notification of which anything came to its end. */
function endsOf({ ends }: ResumeResult): Document {
  if (ends.size === 0) return [];
  const sum = (of: keyof NotificationEnds): number =>
    [...ends.values()].reduce((total, each) => total + each[of], 0);
  const row = (label: string, { sent, skipped, deadLettered }: Readonly<NotificationEnds>) => ({
    label,
    cells: [sent, skipped, deadLettered].map(inGroups),
  });
  const total = { sent: sum('sent'), skipped: sum('skipped'), deadLettered: sum('deadLettered') };
  return [
    {
      kind: 'table',
      caption: 'What came to its end in this run',
      heading: ['in this run', 'sent', 'skipped', 'dead'],
      rows: [...[...ends].map(([type, own]) => row(type, own)), { ...row('total', total), tone: 'muted' }],
    },
  ];
}

function describeEnd({ counts, fromMs, toMs, wasStopped }: ResumeResult): string[] {
  return [
    ...(wasStopped ? ['Stopped; what waits stays in the datastore.'] : []),
    equationOf(counts),
    ...(fromMs === 0 ? [] : [`The shop's time went from ${moment(fromMs)} to ${moment(toMs)} UTC.`]),
  ];
}

function warningsOf({ deadMessages, after, subscribers, newcomers }: ResumeResult): string[] {
  const absent = Object.entries(after.messages).filter(([name]) => !subscribers.includes(name));
  return [
    ...(deadMessages === 0
      ? []
      : [`${plural(deadMessages, 'message')} could not be handled: see npm run dead-letters.`]),
    ...newcomers.map(
      (name) => `${name} is new to this datastore's log: events from before are not handed to it.`,
    ),
    ...absent.map(
      ([name, count]) =>
        `${name} does not run here: up to ${plural(count, 'message waits', 'messages wait')} for it.`,
    ),
  ];
}

import { drawTable, inGroups, moment, type Terminal, wrap } from '../../report/index.ts';
import type { NotificationEnds, ResumeResult } from './resume.ts';

/** What was found, what came of it, and the proof that nothing was lost. */
export function describeResume(result: ResumeResult, terminal: Terminal): string[] {
  const { width } = terminal;
  const text = (lines: readonly string[]): string[] => lines.flatMap((line) => wrap(line, width));
  return [
    ...text([headlineOf(result)]),
    ...text(describeBefore(result)),
    '',
    ...tableOf(result, terminal),
    ...text(describeEnd(result)),
    ...text(warningsOf(result)).map(terminal.colors.yellow),
  ];
}

const headlineOf = ({ fromMs }: ResumeResult): string =>
  fromMs === 0
    ? 'Nothing has happened in this shop yet.'
    : `The shop stopped at ${moment(fromMs)} UTC, and goes on from there.`;

function describeBefore({ before: { pending, inHand, messages }, subscribers }: ResumeResult): string[] {
  const own = Object.entries(messages).filter(([name]) => subscribers.includes(name));
  const behind = own.map(
    ([subscriber, count]) => `Left for ${subscriber}: ${plural(count, 'message', 'messages')} of the log.`,
  );
  const held = inHand === 0 ? '' : `, ${inGroups(inHand)} of them in hand when it stopped`;
  const deliveries =
    pending === 0 ? [] : [`Left undone: ${plural(pending, 'delivery', 'deliveries')}${held}.`];
  return behind.length + deliveries.length === 0 ? ['Nothing was left undone.'] : [...behind, ...deliveries];
}

/** A row for each notification of which anything came to its end. */
function tableOf({ ends }: ResumeResult, { colors, width }: Terminal): string[] {
  if (ends.size === 0) return [];
  const all = [...ends.values()];
  const sum = (of: keyof NotificationEnds): number => all.reduce((total, each) => total + each[of], 0);
  const row = (label: string, own: Readonly<NotificationEnds>) => ({
    label,
    cells: [own.sent, own.skipped, own.deadLettered].map(inGroups),
  });
  const total = { sent: sum('sent'), skipped: sum('skipped'), deadLettered: sum('deadLettered') };
  const heading = { label: 'in this run', cells: ['sent', 'skipped', 'dead'], style: colors.bold };
  const rows = [...ends].map(([type, own]) => row(type, own));
  return [...drawTable(heading, [...rows, { ...row('total', total), style: colors.dim }], width), ''];
}

function describeEnd({ counts, fromMs, toMs, wasStopped }: ResumeResult): string[] {
  const { requested, sent, skipped, deadLettered, pending } = counts;
  const ends = `${inGroups(sent)} sent + ${inGroups(skipped)} skipped + ${inGroups(deadLettered)} dead-lettered`;
  return [
    ...(wasStopped ? ['Stopped; what waits stays in the datastore.'] : []),
    `${inGroups(requested)} deliveries requested = ${ends} + ${inGroups(pending)} pending`,
    ...(fromMs === 0 ? [] : [`The shop's time went from ${moment(fromMs)} to ${moment(toMs)} UTC.`]),
  ];
}

function warningsOf({ deadMessages, after, subscribers, newcomers }: ResumeResult): string[] {
  const absent = Object.entries(after.messages).filter(([name]) => !subscribers.includes(name));
  return [
    ...(deadMessages === 0
      ? []
      : [`${plural(deadMessages, 'message', 'messages')} could not be handled: see npm run dead-letters.`]),
    ...newcomers.map(
      (name) => `${name} is new to this datastore's log: events from before are not handed to it.`,
    ),
    ...absent.map(
      ([name, count]) =>
        `${name} does not run here: up to ${plural(count, 'message waits', 'messages wait')} for it.`,
    ),
  ];
}

const plural = (count: number, one: string, many: string): string =>
  `${inGroups(count)} ${count === 1 ? one : many}`;

import { type Document, type Line, moment, type Terminal, type Text, toLines } from '../../report/index.ts';
import { renderEntries } from '../flow/index.ts';
import { meaningOf } from './meaning.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';
import type { RedriveReport } from './redrive.ts';

/** More letters than this get a line each. */
const mostInFull = 10;

/** What became of some letters, out of so many that were chosen: line by line, as they come. */
export function describeOutcomes(outcomes: readonly Outcome[], chosen: number, terminal: Terminal): string[] {
  if (chosen > mostInFull)
    return outcomes.flatMap((outcome) => printed([conclusion(outcome, `${outcome.letter.id} `)], terminal));
  return outcomes.flatMap((outcome) => [...inFull(outcome, terminal), '']);
}

/** As the demo shows it: verdict by verdict, with what was sent. */
function inFull(outcome: Outcome, terminal: Terminal): string[] {
  const { letter, timeline, kind } = outcome;
  const title: Line = { text: letter.id, tone: 'strong', isCode: true };
  const what: Line = { text: `${letter.what} for ${letter.where}`, tone: 'muted', indent: 2 };
  // What was sent or skipped has said so; where a message has led to nothing, nothing has.
  const isSaid = kind === 'sent' || kind === 'skipped';
  return [
    ...printed(letter.kind === 'message' ? [title, what] : [title], terminal),
    ...renderEntries(timeline, terminal),
    ...(isSaid ? [] : printed([conclusion(outcome)], terminal)),
  ];
}

const printed = (lines: readonly Line[], terminal: Terminal): string[] =>
  toLines([{ kind: 'paragraph', lines }], terminal);

const signs: Readonly<Record<OutcomeKind, Text>> = {
  sent: { text: '✓', tone: 'good' },
  handled: { text: '✓', tone: 'good' },
  skipped: { text: '–', tone: 'warning' },
  waits: { text: '◷', tone: 'warning' },
  dead: { text: '✗', tone: 'bad' },
};

const conclusion = (outcome: Outcome, id = ''): Line => ({
  sign: signs[outcome.kind],
  text: id + wordsFor(outcome),
  indent: 2,
});

function wordsFor({ kind, reason, error, letter, newId, deliveries }: Outcome): string {
  switch (kind) {
    case 'sent':
      return 'sent';
    case 'skipped':
      return `skipped, ${reason}: ${meaningOf(reason)}`;
    case 'waits':
      return `still waits, ${reason ?? 'for its turn'}; \`npm run resume\` goes on with it`;
    case 'dead': {
      const where = newId === null || newId === letter.id ? '' : ` as ${newId}`;
      return `dead again${where}, ${reason}${error === null ? '' : `: ${error}`}`;
    }
    case 'handled':
      return deliveries.length === 0 ? 'handled; nobody was to be told of anything' : 'handled';
  }
}

/** What became of all of them, counted. */
export interface RedriveTally {
  readonly counts: Record<OutcomeKind, number>;
  /** Deliveries that a message has led to, and that were given up. */
  deadDeliveries: number;
  /** Letters that were skipped because their address is suppressed. */
  suppressed: number;
}

export const emptyTally = (): RedriveTally => ({
  counts: { sent: 0, handled: 0, skipped: 0, waits: 0, dead: 0 },
  deadDeliveries: 0,
  suppressed: 0,
});

export function count(tally: RedriveTally, outcomes: readonly Outcome[]): void {
  for (const { kind, letter, reason, deliveries } of outcomes) {
    tally.counts[kind]++;
    if (kind === 'skipped' && reason === 'suppressed') tally.suppressed++;
    if (letter.kind === 'message')
      tally.deadDeliveries += deliveries.filter(({ status }) => status === 'dead_lettered').length;
  }
}

/** Whether something is not as who has re-driven it wants it: dead again, or kept back by the suppression list. */
export const hasFailed = ({ counts, deadDeliveries, suppressed }: RedriveTally): boolean =>
  counts.dead + deadDeliveries + suppressed > 0;

/** The last lines. */
export function redriveDocument(
  { others, wasStopped, fromMs, toMs }: RedriveReport,
  tally: RedriveTally,
): Document {
  const { counts, deadDeliveries, suppressed } = tally;
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const parts = Object.entries(counts).flatMap(([kind, times]) =>
    times === 0 ? [] : [`${times} ${names[kind as OutcomeKind]}`],
  );
  const lines = [
    ...(wasStopped ? ['Stopped: the other letters are as they were.'] : []),
    ...(deadDeliveries === 0
      ? []
      : [`New dead letters of what the messages have led to: ${deadDeliveries}.`]),
    ...(suppressed === 0
      ? []
      : [
          `Not sent, since the address is suppressed: ${suppressed}.`,
          '`npm run suppressions -- list` says why and since when; `remove` lifts it.',
        ]),
    ...(others === 0 ? [] : [`Other deliveries that were due and came to their end: ${others}.`]),
    `The shop's time went from ${moment(fromMs)} to ${moment(toMs)} UTC.`,
  ];
  const verdict = parts.length === 0 ? 'Nothing was re-driven' : `${total} re-driven: ${parts.join(', ')}`;
  return [
    {
      kind: 'paragraph',
      lines: [
        { text: verdict, tone: hasFailed(tally) ? 'bad' : 'good' },
        ...lines.map((text) => ({ text, indent: 2 })),
      ],
    },
  ];
}

const names: Readonly<Record<OutcomeKind, string>> = {
  sent: 'sent',
  handled: 'handled',
  skipped: 'skipped',
  waits: 'still waiting',
  dead: 'dead again',
};

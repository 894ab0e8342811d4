import type { VerdictRecord } from '../../datastore/index.ts';
import { type Document, exactMoment, type Line, plural, quoted } from '../../report/index.ts';
import type { DeliveryLetter, Letter, MessageLetter } from './letter.ts';
import { meaningOf } from './meaning.ts';

export interface LetterView {
  readonly letter: Letter;
  /** Of its notification, those that ended nothing: oldest first. */
  readonly verdicts: readonly VerdictRecord[];
  /** The datastore it lies in. */
  readonly file: string;
}

/** All that is known of one letter, and what a person can do about it. */
export function letterDocument({ letter, verdicts, file }: LetterView): Document {
  const which = `${quoted(letter.id)} --data ${quoted(file)}`;
  const commands = [
    `dead-letters -- redrive ${which}`,
    `dead-letters -- discard ${which}`,
    ...(letter.kind === 'delivery' ? [`explain -- ${which}`] : []),
  ];
  return [
    { kind: 'heading', text: letter.id, tone: 'bad' },
    factsOf(letter.kind === 'delivery' ? factsOfDelivery(letter) : factsOfMessage(letter)),
    ...(letter.kind === 'delivery' ? historyOf(letter, verdicts) : messageOf(letter)),
    { kind: 'heading', text: 'What you can do' },
    {
      kind: 'paragraph',
      lines: [
        { text: adviceOn(letter), indent: 2 },
        ...commands.map((command) => ({ text: `npm run ${command}`, indent: 2, isCode: true })),
      ],
    },
  ];
}

const factsOf = (facts: readonly Fact[]): Document[number] => ({
  kind: 'columns',
  align: ['left'],
  rows: facts.map(([name, text]) => ({ cells: [name], text, labelTone: 'muted' })),
});

const messageOf = ({ dead }: MessageLetter): Document => [
  { kind: 'heading', text: 'Message' },
  { kind: 'code', text: JSON.stringify(dead.message, null, 2) },
];

type Fact = readonly [name: string, text: string];

function factsOfDelivery({ where, dead, error, ...letter }: DeliveryLetter): readonly Fact[] {
  const { type, customerId, subject, causeId, requestedAtMs, variables } = dead.notification;
  return [
    ['notification', `${type} to ${customerId} by ${where}, about ${subject}`],
    ['variables', JSON.stringify(variables)],
    ['cause', `event ${causeId}`],
    ['requested', exactMoment(requestedAtMs)],
    ...failureOf({ ...letter, error }),
  ];
}

function factsOfMessage({ what, where, dead, ...letter }: MessageLetter): readonly Fact[] {
  const to = dead.subscriber === null ? 'refused by the bus, before any subscriber' : `for ${where}`;
  return [['message', `${what} ${dead.messageId}, ${to}`], ...failureOf(letter)];
}

function failureOf({
  reason,
  attempts,
  error,
  firstFailedAtMs,
  lastFailedAtMs,
}: Pick<Letter, 'reason' | 'attempts' | 'error' | 'firstFailedAtMs' | 'lastFailedAtMs'>): readonly Fact[] {
  return [
    ['given up', `${reason}, after ${plural(attempts, 'attempt')}`],
    ['error', error === null ? 'none is on record' : `${error.code}: ${error.message}`],
    ['first failure', exactMoment(firstFailedAtMs)],
    ['last failure', exactMoment(lastFailedAtMs)],
  ];
}

/** Each verdict, and in the end what it died of. */
function historyOf(
  { dead: { delivery }, reason, lastFailedAtMs }: DeliveryLetter,
  all: LetterView['verdicts'],
): Document {
  const own = all.filter(({ channel }) => channel === delivery.channel);
  const death = { atMs: delivery.settledAtMs ?? lastFailedAtMs, reason, untilMs: null };
  const lines = [...own, death].map((verdict): Line => {
    const until = verdict.untilMs === null ? '' : ` (until ${exactMoment(verdict.untilMs)})`;
    const text = `${exactMoment(verdict.atMs)} ${verdict.reason}: ${meaningOf(verdict.reason)}${until}`;
    return { text, indent: 2, hang: 2 };
  });
  return [
    { kind: 'heading', text: 'History, in UTC' },
    { kind: 'paragraph', lines },
  ];
}

function adviceOn({ kind, reason }: Letter): string {
  if (kind === 'message') return 'Mend what the error names, then re-drive it; or let it go:';
  if (reason === 'outcome_unknown')
    return 'Look whether the provider has it. If not, re-drive it; otherwise let it go:';
  if (reason === 'rejected')
    return 'Mend the address or what else the error names, then re-drive it; or let it go:';
  if (reason === 'internal_error')
    return 'Mend what the error names, on our side; then re-drive it; or let it go:';
  return 'When the provider is well again, re-drive it; or let it go:';
}

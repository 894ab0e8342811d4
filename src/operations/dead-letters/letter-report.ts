import type { VerdictRecord } from '../../datastore/index.ts';
import { type Terminal, wrap } from '../../report/index.ts';
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
export function describeLetter({ letter, verdicts, file }: LetterView, terminal: Terminal): string[] {
  const { bold } = terminal.colors;
  const which = `${quoted(letter.id)} --data ${quoted(file)}`;
  const facts = letter.kind === 'delivery' ? factsOfDelivery(letter) : factsOfMessage(letter);
  return [
    terminal.colors.red(letter.id),
    ...facts.flatMap((fact) => factLines(fact, terminal)),
    '',
    ...(letter.kind === 'delivery'
      ? [
          bold('History, in UTC'),
          ...historyOf(letter, verdicts).flatMap((text) => indented(text, terminal)),
          '',
        ]
      : [bold('Message'), ...JSON.stringify(letter.dead.message, null, 2).split('\n'), '']),
    bold('What you can do'),
    ...wrap(adviceOn(letter), terminal.width - 2).map((line) => `  ${line}`),
    `  npm run dead-letters -- redrive ${which}`,
    `  npm run dead-letters -- discard ${which}`,
    ...(letter.kind === 'delivery' ? [`  npm run explain -- ${which}`] : []),
  ];
}

type Fact = readonly [name: string, text: string];

function factsOfDelivery({ where, dead, error, ...letter }: DeliveryLetter): readonly Fact[] {
  const { type, customerId, subject, causeId, requestedAtMs, variables } = dead.notification;
  return [
    ['notification', `${type} to ${customerId} by ${where}, about ${subject}`],
    ['variables', JSON.stringify(variables)],
    ['cause', `event ${causeId}`],
    ['requested', moment(requestedAtMs)],
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
    ['given up', `${reason}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`],
    ['error', error === null ? 'none is on record' : `${error.code}: ${error.message}`],
    ['first failure', moment(firstFailedAtMs)],
    ['last failure', moment(lastFailedAtMs)],
  ];
}

const nameWidth = 15;

function factLines([name, text]: Fact, { colors, width }: Terminal): string[] {
  const [first = '', ...rest] = wrap(text, width - nameWidth);
  return [colors.dim(name.padEnd(nameWidth)) + first, ...rest.map((line) => ' '.repeat(nameWidth) + line)];
}

/** Each verdict, and in the end what it died of. */
function historyOf(
  { dead: { delivery }, reason, lastFailedAtMs }: DeliveryLetter,
  all: LetterView['verdicts'],
) {
  const own = all.filter(({ channel }) => channel === delivery.channel);
  const death = { atMs: delivery.settledAtMs ?? lastFailedAtMs, reason, untilMs: null };
  return [...own, death].map((verdict) => {
    const until = verdict.untilMs === null ? '' : ` (until ${moment(verdict.untilMs)})`;
    return `${moment(verdict.atMs)} ${verdict.reason}: ${meaningOf(verdict.reason)}${until}`;
  });
}

function indented(text: string, { width }: Terminal): string[] {
  return wrap(text, width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`));
}

/** As a shell takes it for one word. */
const quoted = (text: string): string =>
  /^[\w./:%@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

function adviceOn({ kind, reason }: Letter): string {
  if (kind === 'message') return 'Mend what the error names, then re-drive it; or let it go:';
  if (reason === 'outcome_unknown')
    return 'Look whether the provider has it. If not, re-drive it; otherwise let it go:';
  if (reason === 'rejected')
    return 'Mend the address or what else the error names, then re-drive it; or let it go:';
  return 'When the provider is well again, re-drive it; or let it go:';
}

/** `2026-03-02 10:00:07.123`, without what is zero. */
const moment = (atMs: number): string =>
  new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');

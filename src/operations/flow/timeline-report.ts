import { reasons } from '../../notifications/index.ts';
import { cut, inBytes, plural, type Terminal, wrap } from '../../report/index.ts';
import type { TimelineEntry } from '../../shop/index.ts';
import { describeEvent } from './describe-event.ts';
import { receiptInWords } from './receipt-in-words.ts';

type ReceiptEntry = Extract<TimelineEntry, { kind: 'receipt' }>;
type BreakerEntry = Extract<TimelineEntry, { kind: 'breaker' }>;
type StepEntry = Extract<TimelineEntry, { kind: 'step' }>;
type DecisionEntry = Extract<TimelineEntry, { kind: 'decision' }>;

/** Where the entries of a step stand, behind its time. */
const margin = '         ';
export interface TimelineOptions {
  /** Mails are shown to their end. Default false: what is left out is marked. */
  isFull?: boolean;
}

/** A step has its time in front of it; so has what happens at another time than what stands above it. */
export function renderEntries(
  timeline: readonly TimelineEntry[],
  terminal: Terminal,
  options: TimelineOptions = {},
): string[] {
  let shown = '';
  return timeline.flatMap((entry) => {
    const lines = renderEntry(entry, terminal, options);
    const [first = ''] = lines;
    const isNew = time(entry.atMs) !== shown;
    shown = time(entry.atMs);
    if (entry.kind === 'step' || !isNew) return lines;
    return [`  ${terminal.colors.dim(shown)}  ${first.slice(margin.length)}`, ...lines.slice(1)];
  });
}

function renderEntry(entry: TimelineEntry, terminal: Terminal, options: TimelineOptions): string[] {
  const { colors, width } = terminal;
  switch (entry.kind) {
    case 'step': {
      const [first = '', ...rest] = wrap(entry.text, width - margin.length);
      return [
        `  ${colors.cyan(time(entry.atMs))}  ${colors.bold(first)}`,
        ...rest.map((line) => margin + colors.bold(line)),
        ...renderUndone(entry, terminal),
      ];
    }
    case 'event': {
      const isAlert = entry.event.type === 'DeadLetterAdded';
      const text = cut(`${entry.event.type}  ${describeEvent(entry.event)}`, width - margin.length - 2);
      const head = `${margin}${isAlert ? colors.red('⚠') : colors.magenta('◆')} ${text}`;
      return entry.progress === undefined ? [head] : [head, colors.dim(`${margin}  ${entry.progress}`)];
    }
    case 'answer': {
      const [first = '', ...rest] = wrap(`the caller is told: ${entry.text}`, width - margin.length - 2);
      const paint = entry.isOutcome ? colors.green : colors.yellow;
      return [`${margin}${paint('→')} ${first}`, ...rest.map((line) => `${margin}  ${line}`)];
    }
    case 'breaker': {
      const paint = entry.state === 'closed' ? colors.green : colors.red;
      return [`${margin}${paint('⚡')} ${cut(breakerInWords(entry), width - margin.length - 2)}`];
    }
    case 'receipt':
      return renderReceipt(entry, terminal);
    case 'decision':
      return renderDecision(entry, terminal, options);
  }
}

function renderReceipt({ taken }: ReceiptEntry, { colors, width }: Terminal): string[] {
  const paint = taken.receipt.status === 'delivered' ? colors.green : colors.red;
  const { channel } = taken.receipt;
  const who = `${(taken.delivery?.customerId ?? '?').padEnd(5)} ${channel.padEnd(5)} `;
  const indent = `${margin}  ${' '.repeat(who.length)}`;
  const [first = '', ...rest] = wrap(receiptInWords(taken), width - indent.length);
  return [`${margin}${paint('↩')} ${who}${first}`, ...rest.map((line) => indent + line)];
}

function renderUndone({ undone }: StepEntry, { colors, width }: Terminal): string[] {
  if (undone === undefined) return [];
  const [first = '', ...rest] = wrap(`cannot be done here: ${undone}`, width - margin.length - 2);
  return [
    `${margin}${colors.yellow('⊘')} ${colors.yellow(first)}`,
    ...rest.map((line) => `${margin}  ${colors.yellow(line)}`),
  ];
}

const breakerStates = {
  open: 'open: it is left alone for a while',
  'half-open': 'half-open: one message probes it',
  closed: 'closed: it is back',
} as const;

const breakerInWords = ({ channel, state }: BreakerEntry): string =>
  `${channel} circuit breaker ${breakerStates[state]}`;

function renderDecision(entry: DecisionEntry, terminal: Terminal, options: TimelineOptions): string[] {
  const { colors, width } = terminal;
  const { decision } = entry;
  const who = `${decision.notification.customerId.padEnd(5)} ${decision.channel.padEnd(5)} `;
  const room = width - margin.length - who.length - 2;
  if (decision.reason === 'sent') return renderSent({ ...entry, ...options }, who, terminal);
  const sign = decision.status === 'pending' ? colors.yellow('◷') : colors.yellow('–');
  const [first = '', ...rest] = wrap(
    `${decision.reason}: ${reasons[decision.reason].words}${when(decision)}`,
    room,
  );
  const indent = margin + ' '.repeat(2 + who.length);
  return [
    `${margin}${sign} ${who}${colors.yellow(first)}`,
    ...rest.map((line) => indent + colors.yellow(line)),
  ];
}

function renderSent(
  { decision, email, sms, push, webhook, isFull = false }: DecisionEntry & TimelineOptions,
  who: string,
  { colors, width }: Terminal,
): string[] {
  const indent = `${margin}  `;
  const room = width - indent.length - 2;
  const quoted = (lines: readonly string[]): string[] =>
    lines.map((line) => colors.dim(`${indent}│ ${line}`));
  const head = (text: string): string =>
    `${margin}${colors.green('✓')} ${who}${cut(text, Math.max(10, width - margin.length - who.length - 2))}`;
  const beside = (text: string): string[] => wrap(text, room + 2).map((line) => colors.dim(indent + line));
  if (email !== undefined) {
    const paragraphs = paragraphsOf(email.text);
    const shown = isFull ? paragraphs : whatMatters(paragraphs);
    const lines = shown.flat().flatMap((line) => wrap(line, room));
    const attached = email.attachments.flatMap(({ filename, content }) =>
      beside(`attached ${filename} ${inBytes(content.length)}`),
    );
    const text = quoted(shown.length < paragraphs.length ? [...lines, '…'] : lines);
    return [head(email.subject), ...text, ...attached];
  }
  if (sms !== undefined) {
    return [head(`${plural(sms.segments, 'segment')}, ${sms.encoding}`), ...quoted(wrap(sms.text, room))];
  }
  if (push !== undefined) {
    const { title, text, badge, sound, link } = push;
    const how = `badge ${badge}, ${sound === null ? 'silent' : `sound ${sound}`}, opens ${link}`;
    return [head(title), ...quoted(wrap(text, room)), ...beside(how)];
  }
  if (webhook !== undefined) {
    const { method, url, text, body, headers } = webhook;
    const sent = JSON.parse(body);
    const { type, data } = sent.data.notification ?? {};
    const shown = isFull
      ? JSON.stringify(sent, null, 2).split('\n')
      : [...wrap(text, room), ...(type ? [cut(`${type} ${JSON.stringify(data)}`, room)] : [])];
    const signed = `signed ${headers['webhook-signature']}`;
    return [head(`${method} ${url}`), ...quoted(shown), ...beside(signed)];
  }
  return [head(decision.notification.type)];
}

/** Each as its lines: what was broken to fit into a mail is one line again; entries of a list and links stay lines. */
function paragraphsOf(text: string): string[][] {
  const paragraphs = text.trim().split(/\n\s*\n/);
  return paragraphs.map((paragraph) =>
    paragraph.split(/\n(?=\s|https?:)/).map((line) => line.replaceAll('\n', ' ')),
  );
}

/** The greeting, what the mail is about, and what that announces with a colon. */
function whatMatters(paragraphs: readonly string[][]): readonly string[][] {
  let count = 2;
  while (paragraphs[count - 1]?.at(-1)?.endsWith(':')) count++;
  return paragraphs.slice(0, count);
}

/** When a deferred delivery goes on; nothing when that is at once. */
function when({ reason, atMs, untilMs }: DecisionEntry['decision']): string {
  if (untilMs === null || untilMs <= atMs) return '';
  const exactly = new Date(untilMs)
    .toISOString()
    .slice(11, 21)
    .replace(/(:00)?\.0$/, '');
  return reason === 'provider_unavailable' ? ` at ${exactly} UTC` : `, until ${exactly} UTC`;
}

const time = (atMs: number): string => new Date(atMs).toISOString().slice(11, 16);

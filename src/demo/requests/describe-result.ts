import type { RequestResult } from '../../flows/notification-requests/index.ts';
import { type Reason, reasons } from '../../notifications/index.ts';
import type { AuditRecord } from '../../pipeline/index.ts';
import { cut, inGroups, plural, type Terminal, wrap } from '../../report/index.ts';

const placeWidth = 8;
const userWidth = 9;
const channelsWidth = 25;
/** Where there is less room beside the channels, the message stands under them. */
const narrowestMessage = 20;
const margin = '         ';

/** One request: where it went, and under it why it went nowhere else. */
export function describeResult(result: RequestResult, terminal: Terminal): string[] {
  const { place, request, errors, activity, deliveries } = result;
  const { colors, width } = terminal;
  const sent = deliveries.filter(({ outcome }) => outcome === 'sent').map(({ channel }) => channel);
  const who = plain(request?.userId ?? '').padEnd(userWidth);
  const head = `${plain(place).padEnd(placeWidth)} ${who} ${sent.join(', ').padEnd(channelsWidth)} `;
  const message = plain(request?.message ?? '');
  const room = width - head.length - 4;
  const isBeside = room >= narrowestMessage;
  const reasons = [
    ...errors.map(({ code, words }) => `${code}: ${words}`),
    ...deliveries.filter(({ outcome }) => outcome !== 'sent').map(describeEnd),
  ];
  const under = reasons.flatMap((text) => wrap(plain(text), width - margin.length));
  return [
    `  ${signOf(result, terminal)} ${head}${isBeside ? colors.dim(cut(message, room)) : ''}`.trimEnd(),
    ...(isBeside || message === '' ? [] : [margin + colors.dim(cut(message, width - margin.length))]),
    ...under.map((line) => margin + colors.yellow(line)),
    ...(activity.handled === 0 ? [] : [margin + colors.dim(activityInWords(activity))]),
  ];
}

/** `12 events handled, 9 emitted`. */
export const activityInWords = ({ handled, emitted }: RequestResult['activity']): string =>
  `${plural(handled, 'event')} handled, ${inGroups(emitted)} emitted`;

function signOf({ status }: RequestResult, { colors }: Terminal): string {
  if (status === 'sent') return colors.green('✓');
  return status === 'skipped' ? colors.yellow('–') : colors.red('✗');
}

function describeEnd({ channel, outcome, reason }: AuditRecord): string {
  const known: Reason | undefined = Object.hasOwn(reasons, reason)
    ? reasons[reason as keyof typeof reasons]
    : undefined;
  return `${channel} ${outcome}: ${reason}${known === undefined ? '' : `, ${known.words}`}`;
}

/** What others wrote, without what a terminal would obey. */
export const plain = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

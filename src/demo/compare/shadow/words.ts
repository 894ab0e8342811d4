import { inGroups } from '../../status/numbers.ts';
import { type Terminal, wrap } from '../../view/terminal.ts';
import type { ShadowResult } from '../shadow.ts';
import { plural } from '../words.ts';
import { areAlike } from './alike.ts';
import type { DeliveryDifference, RefusalDifference } from './difference.ts';
import { sidesOf } from './summary.ts';

/** So many ways in which deliveries differ are summed up; the most frequent ones. */
const groupsShown = 20;

/** One line, for `grep`: `2016-05-01 09:12  order-shipped ord-1, cust-1 sms: sent → skipped: opted_out`. */
export function describeDifference(difference: DeliveryDifference): string {
  const { notification, subject, customerId, channel, occurredAtMs, current, candidate, wording } =
    difference;
  const [here, there] = sidesOf(difference);
  const times = difference.kinds.includes('time')
    ? [`${timeOf(current?.settledAtMs)} → ${timeOf(candidate?.settledAtMs)}`]
    : [];
  const details = [...times, ...wording];
  const what = `${timeOf(occurredAtMs)}  ${notification} ${subject}, ${customerId} ${channel}`;
  return `${what}: ${here} → ${there}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

/** What it comes to, line by line. */
export function describeShadow(result: ShadowResult, { colors, width }: Terminal): string[] {
  const { current, candidate, differences, refusals } = result;
  const lines = [
    ...verdictOf(result),
    ...differences.groups.slice(0, groupsShown).map((group) => {
      const { notification, channel, count } = group;
      return `  ${inGroups(count)} × ${notification} ${channel}: ${group.current} → ${group.candidate}`;
    }),
    ...(differences.groups.length > groupsShown
      ? [`  and ${plural(differences.groups.length - groupsShown, 'other kind')}`]
      : []),
    ...refusals.map(describeRefusal),
    ...(current.deadMessages === candidate.deadMessages
      ? []
      : [`  messages that nobody could handle: ${current.deadMessages} → ${candidate.deadMessages}`]),
  ].flatMap((line) => {
    const [first = '', ...rest] = wrap(line.trimStart(), width - 4);
    const indent = line.slice(0, line.length - line.trimStart().length);
    return [indent + first, ...rest.map((more) => `    ${more}`)];
  });
  const color = areAlike(result) ? colors.green : colors.red;
  return lines.map((line, index) => (index === 0 ? color(line) : line));
}

function verdictOf(result: ShadowResult): string[] {
  const { current, candidate, differences } = result;
  const both = `${current.architecture} and ${candidate.architecture}`;
  const all = current.deliveries.requested + (differences.kinds.added ?? 0);
  const extent = `${plural(all, 'delivery', 'deliveries')} of ${plural(current.commands, 'command')}`;
  return areAlike(result)
    ? [`✓ ${both} decide alike`, `  ${extent}`]
    : [`✗ ${both} decide differently`, `  ${inGroups(differences.count)} of ${extent}`];
}

function describeRefusal({ lineNumber, current, candidate }: RefusalDifference): string {
  const [here, there] = [current, candidate].map((code) =>
    code === undefined ? 'taken' : `refused: ${code}`,
  );
  return `  line ${lineNumber} of the history: ${here} → ${there}`;
}

/** To the minute; with what is beyond it where there is any. */
function timeOf(atMs: number | null | undefined): string {
  if (atMs === null || atMs === undefined) return 'never';
  const [day, time = ''] = new Date(atMs).toISOString().split('T');
  return `${day} ${time.replace(/(:00)?\.000Z$|Z$/, '')}`;
}

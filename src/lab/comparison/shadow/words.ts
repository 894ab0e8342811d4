import { type Document, inGroups, plural } from '../../../report/index.ts';
import type { ShadowResult } from '../shadow.ts';
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

/** What it comes to. */
export function shadowDocument(result: ShadowResult): Document {
  const { current, candidate } = result;
  const areSame = areAlike(result);
  const facts = [extentOf(result), ...groupsOf(result), ...result.refusals.map(inWords), ...trouble(result)];
  const names = `${current.architecture} and ${candidate.architecture}`;
  return [
    {
      kind: 'paragraph',
      lines: [
        areSame
          ? { text: `✓ ${names} decide alike`, tone: 'good' }
          : { text: `✗ ${names} decide differently`, tone: 'bad' },
        ...facts.map((text) => ({ text, indent: 2, hang: 2 })),
      ],
    },
  ];
}

function extentOf(result: ShadowResult): string {
  const { current, differences } = result;
  const all = current.deliveries.requested + (differences.kinds.added ?? 0);
  const extent = `${plural(all, 'delivery', 'deliveries')} of ${plural(current.commands, 'command')}`;
  return areAlike(result) ? extent : `${inGroups(differences.count)} of ${extent}`;
}

function groupsOf({ differences: { groups } }: ShadowResult): string[] {
  const shown = groups.slice(0, groupsShown).map(({ count, notification, channel, current, candidate }) => {
    return `${inGroups(count)} × ${notification} ${channel}: ${current} → ${candidate}`;
  });
  return groups.length > groupsShown
    ? [...shown, `and in ${plural(groups.length - groupsShown, 'other way')}`]
    : shown;
}

function inWords({ lineNumber, current, candidate }: RefusalDifference): string {
  const [here, there] = [current, candidate].map((code) =>
    code === undefined ? 'taken' : `refused: ${code}`,
  );
  return `line ${lineNumber} of the history: ${here} → ${there}`;
}

const trouble = ({ current, candidate }: ShadowResult): string[] =>
  current.deadMessages === candidate.deadMessages
    ? []
    : [`messages that nobody could handle: ${current.deadMessages} → ${candidate.deadMessages}`];

/** To the minute; with what is beyond it where there is any. */
function timeOf(atMs: number | null | undefined): string {
  if (atMs === null || atMs === undefined) return 'never';
  const [day, time = ''] = new Date(atMs).toISOString().split('T');
  return `${day} ${time.replace(/(:00)?\.000Z$|Z$/, '')}`;
}

import { type Document, type Line, plural, type TreeNode } from '../../report/index.ts';
import { whyInWords } from '../flow/index.ts';
import type {
  Cause,
  DeliveryExplanation,
  Explanation,
  NotificationExplanation,
  ReceiptExplanation,
  Silence,
  Verdict,
} from './explanation.ts';

/** The explanation as trees, each from a cause to the provider's receipt, and which stores were asked. */
export function explanationDocument(explanation: Explanation): Document {
  const { causes, askedStores } = explanation;
  const asked = `Asked ${plural(askedStores.length, 'store')}: ${askedStores.join(', ')}.`;
  return [
    ...headline(explanation),
    ...causes.map((cause) => ({ kind: 'tree', root: causeNode(cause) }) as const),
    { kind: 'paragraph', lines: [{ text: asked }] },
  ];
}

/** Said where the trees do not speak for themselves. */
function headline({ kind, id, causes, omitted }: Explanation): Document {
  if (causes.length === 0) {
    const hint = kind === 'customer' ? ' To ask why not, name an event or a product, and --customer.' : '';
    const text = `Nothing has happened to ${kind} ${id} that anybody would be told of.${hint}`;
    return [{ kind: 'paragraph', lines: [{ text }] }];
  }
  if (omitted === 0) return [];
  const what = kind === 'customer' ? 'notifications' : 'events';
  const text = `The latest of ${kind} ${id}; earlier ${what} left out: ${omitted} (--limit).`;
  return [{ kind: 'paragraph', lines: [{ text }] }];
}

/** What nobody asked for through the shop's events is somebody's own text. */
const titleOfUnlogged = (notifications: Cause['notifications']): string =>
  notifications.length > 0 && notifications.every(({ type }) => type === 'own-text')
    ? "a text of one's own"
    : 'an event that is not in the event log';

function causeNode(cause: Cause): TreeNode {
  const { event, eventId, time, notifications, omitted, silence } = cause;
  const title = event === null ? titleOfUnlogged(notifications) : `${event.type} ${event.change}`;
  const day = time.slice(0, 10);
  const more =
    omitted === 0 ? [] : [leaf({ text: `… and ${omitted} more notifications (--limit, --customer)` })];
  const children = notifications.map((notification) => notificationNode(notification, day));
  return {
    lines: [
      { text: title, tone: 'strong' },
      { text: `${moment(time, '')} UTC, event ${eventId}`, tone: 'muted' },
    ],
    children: [...children, ...more, ...(silence === null ? [] : [silenceNode(silence)])],
  };
}

function silenceNode({ reason, words, remedy }: Silence): TreeNode {
  const text = reason === null ? words : `no notification, ${reason}: ${words}`;
  const wouldBe = `would have been a candidate if ${remedy}`;
  return leaf({ text, tone: 'warning' }, ...(remedy === null ? [] : [{ text: wouldBe }]));
}

function notificationNode(
  { id, type, customerId, deliveries }: NotificationExplanation,
  day: string,
): TreeNode {
  return {
    lines: [{ text: `${type} to ${customerId}` }, { text: id, tone: 'muted' }],
    children: deliveries.map((delivery) => deliveryNode(delivery, day)),
  };
}

const tones = { sent: 'good', skipped: 'warning', pending: 'warning', dead_lettered: 'bad' } as const;

function deliveryNode(delivery: DeliveryExplanation, day: string): TreeNode {
  const { channel, status, verdicts, reports } = delivery;
  return {
    lines: [{ text: `${channel}: ${status.replace('_', '-')}`, tone: tones[status] }],
    children: [
      ...verdicts.map((verdict) => leaf(...verdictLines(verdict, day, delivery))),
      ...reports.map((report) => leaf(...reportLines(report, day))),
    ],
  };
}

function verdictLines(verdict: Verdict, day: string, { receipt }: DeliveryExplanation): Line[] {
  const { at, reason, words, until, remedy } = verdict;
  const end = until === null ? '' : ` (until ${moment(until, at.slice(0, 10))})`;
  const lines = [{ text: `${moment(at, day)} ${reason}: ${words}${end}` }];
  if (reason === 'sent') return receipt === null ? lines : [...lines, { text: `receipt ${receipt}` }];
  // Nobody misses the second copy of a message.
  if (remedy === null || reason === 'duplicate') return lines;
  return [...lines, { text: `would have been sent ${until === null ? '' : 'at once '}if ${remedy}` }];
}

const reportTones = { delivered: 'good', bounced: 'bad', failed: 'bad' } as const;

function reportLines(
  { at, status, words, providerAt, code, meaning }: ReceiptExplanation,
  day: string,
): Line[] {
  const why = whyInWords({ code, meaning });
  const ownTime =
    providerAt === null || providerAt === at ? [] : [`by its own clock at ${moment(providerAt, day)}`];
  const further = [...(why === '' ? [] : [why]), ...ownTime].join('; ');
  return [
    { text: `${moment(at, day)} ${status}: ${words}`, tone: reportTones[status] },
    ...(further === '' ? [] : [{ text: further }]),
  ];
}

const leaf = (...lines: readonly Line[]): TreeNode => ({ lines, children: [] });

/** `2026-03-02 10:00:00`, without the date when it is `day`, with milliseconds where there are any. */
function moment(iso: string, day: string): string {
  const [date = '', time = ''] = iso.replace(/(?:\.000)?Z$/, '').split('T');
  return date === day ? time : `${date} ${time}`;
}

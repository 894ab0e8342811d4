import type { Terminal } from '../../report/index.ts';
import { drawTree, type TreeLine, type TreeNode } from '../../report/index.ts';
import type {
  Cause,
  DeliveryExplanation,
  Explanation,
  NotificationExplanation,
  Silence,
  Verdict,
} from './explanation.ts';

/** The explanation as trees, each from a cause to the provider's receipt, and how many rooms were asked. */
export function describeExplanation(explanation: Explanation, terminal: Terminal): string[] {
  const { causes, askedRooms } = explanation;
  const trees = [...headline(explanation), ...causes.map((cause) => causeNode(cause, terminal))];
  const rooms = askedRooms.length === 1 ? 'room' : 'rooms';
  return [
    ...trees.flatMap((tree) => [...drawTree(tree, terminal.width), '']),
    `Asked ${askedRooms.length} ${rooms}: ${askedRooms.join(', ')}.`,
  ];
}

/** Said where the trees do not speak for themselves. */
function headline({ kind, id, causes, omitted }: Explanation): TreeNode[] {
  if (causes.length === 0) {
    const hint = kind === 'customer' ? ' To ask why not, name an event or a product, and --customer.' : '';
    return [leaf({ text: `Nothing has happened to ${kind} ${id} that anybody would be told of.${hint}` })];
  }
  if (omitted === 0) return [];
  const what = kind === 'customer' ? 'notifications' : 'events';
  return [leaf({ text: `The latest of ${kind} ${id}; earlier ${what} left out: ${omitted} (--limit).` })];
}

function causeNode(cause: Cause, terminal: Terminal): TreeNode {
  const { event, eventId, time, notifications, omitted, silence } = cause;
  const { bold, dim } = terminal.colors;
  const title = event === null ? 'an event that is not in the event log' : `${event.type} ${event.change}`;
  const day = time.slice(0, 10);
  const more =
    omitted === 0 ? [] : [leaf({ text: `… and ${omitted} more notifications (--limit, --customer)` })];
  const children = notifications.map((notification) => notificationNode(notification, day, terminal));
  return {
    lines: [
      { text: title, style: bold },
      { text: `${moment(time, '')} UTC, event ${eventId}`, style: dim },
    ],
    children: [...children, ...more, ...(silence === null ? [] : [silenceNode(silence, terminal)])],
  };
}

function silenceNode({ reason, words, remedy }: Silence, { colors }: Terminal): TreeNode {
  const text = reason === null ? words : `no notification, ${reason}: ${words}`;
  const wouldBe = `would have been a candidate if ${remedy}`;
  return leaf({ text, style: colors.yellow }, ...(remedy === null ? [] : [{ text: wouldBe }]));
}

function notificationNode(
  { id, type, customerId, deliveries }: NotificationExplanation,
  day: string,
  terminal: Terminal,
): TreeNode {
  return {
    lines: [{ text: `${type} to ${customerId}` }, { text: id, style: terminal.colors.dim }],
    children: deliveries.map((delivery) => deliveryNode(delivery, day, terminal)),
  };
}

function deliveryNode(delivery: DeliveryExplanation, day: string, { colors }: Terminal): TreeNode {
  const { channel, status, verdicts } = delivery;
  const style = {
    sent: colors.green,
    skipped: colors.yellow,
    pending: colors.yellow,
    dead_lettered: colors.red,
  }[status];
  return {
    lines: [{ text: `${channel}: ${status.replace('_', '-')}`, style }],
    children: verdicts.map((verdict) => leaf(...verdictLines(verdict, day, delivery))),
  };
}

function verdictLines(verdict: Verdict, day: string, { receipt }: DeliveryExplanation): TreeLine[] {
  const { at, reason, words, until, remedy } = verdict;
  const end = until === null ? '' : ` (until ${moment(until, at.slice(0, 10))})`;
  const lines = [{ text: `${moment(at, day)} ${reason}: ${words}${end}` }];
  if (reason === 'sent') return receipt === null ? lines : [...lines, { text: `receipt ${receipt}` }];
  // Nobody misses the second copy of a message.
  if (remedy === null || reason === 'duplicate') return lines;
  return [...lines, { text: `would have been sent ${until === null ? '' : 'at once '}if ${remedy}` }];
}

const leaf = (...lines: readonly TreeLine[]): TreeNode => ({ lines, children: [] });

/** `2026-03-02 10:00:00`, without the date when it is `day`, with milliseconds where there are any. */
function moment(iso: string, day: string): string {
  const [date = '', time = ''] = iso.replace(/(?:\.000)?Z$/, '').split('T');
  return date === day ? time : `${date} ${time}`;
}

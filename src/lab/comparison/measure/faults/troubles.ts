import { millisecondsInMinute } from 'date-fns/constants';
import { type Message, shopEvents } from '../../../../events/index.ts';
import { dayStartMs, watchedOrderId } from './shop-day.ts';
import type { Trouble } from './shop-run.ts';
import { onlyAround, repeating, shuffling } from './tampered-bus.ts';

/** A fault that compare tries. */
export interface Fault {
  readonly fault: string;
  /** What is done, in a line. */
  readonly title: string;
  /** It is of messages: without a bus it cannot be. */
  readonly needsBus: boolean;
  /** The same without the fault, to hold the runs against; played once for all that share it. */
  readonly usual: Trouble;
  /** A run for each. */
  readonly troubles: readonly Trouble[];
}

const nothing: Trouble = {};
const outageMs = 3 * millisecondsInMinute;
const slownessMs = 20_000;
const repeatedAfterMs = millisecondsInMinute;

/** In which four things can come; the first is the right one. */
const orders = permutations([0, 1, 2, 3]);

function permutations(things: readonly number[]): number[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first) =>
    permutations(things.filter((thing) => thing !== first)).map((rest) => [first, ...rest]),
  );
}

const stray = (id: string, data: object): Message => ({
  id,
  type: 'OrderStatusChanged',
  source: '/services/ordering',
  // Of an order of which more is to come.
  subject: watchedOrderId,
  time: new Date(dayStartMs).toISOString(),
  correlationId: id,
  causationId: id,
  schemaVersion: shopEvents.OrderStatusChanged.schemaVersion,
  data,
});

const poison: readonly Message[] = [
  stray('stray-1', {
    orderId: 'ord-9999',
    customerId: 'ada',
    previousStatus: null,
    status: 'placed',
    reason: null,
    lineItems: null,
  }),
  stray('stray-2', { orderId: watchedOrderId, status: 'lost' }),
];

/** In the order of the columns. */
export const faults: readonly Fault[] = [
  {
    fault: 'provider-down',
    title: 'the mail provider refuses everything for three minutes; what was given up is re-driven',
    needsBus: false,
    usual: nothing,
    troubles: [{ email: { outages: [{ fromMs: dayStartMs, toMs: dayStartMs + outageMs }] } }],
  },
  {
    fault: 'slow-provider',
    title: 'the mail provider takes 20 s for each message',
    needsBus: false,
    usual: nothing,
    troubles: [{ email: { latencyMs: slownessMs } }],
  },
  {
    fault: 'provider-busy',
    title: 'the mail provider refuses every other message with 429, and asks to wait half a minute',
    needsBus: false,
    usual: nothing,
    troubles: [{ email: { failureRate: 0.5, retryAfterMs: 30_000 } }],
  },
  {
    fault: 'receiver-dead',
    title: 'the mailbox of one customer cannot be reached for three minutes',
    needsBus: false,
    usual: nothing,
    troubles: [{ deadReceiver: { to: 'ada@example.com', untilMs: dayStartMs + outageMs } }],
  },
  {
    fault: 'duplicate-command',
    title: 'each command is given twice at the same moment, as by a caller who clicks again',
    needsBus: false,
    usual: nothing,
    troubles: [{ isGivenTwice: true }],
  },
  {
    fault: 'duplicate-event',
    title: 'each event of the shop comes a second time, a minute later',
    needsBus: true,
    usual: nothing,
    troubles: [
      { interceptors: (clock) => onlyAround({ bus: (bus) => repeating(bus, clock, repeatedAfterMs) }) },
    ],
  },
  {
    fault: 'out-of-order',
    title:
      'two line items ship, the order ships and is delivered, and the four events come in another order, each time in one of their own',
    needsBus: true,
    usual: inOrder([0, 1, 2, 3]),
    troubles: orders.slice(1).map(inOrder),
  },
  {
    fault: 'poison-event',
    title: 'an event of an order that nobody knows, and one that fits no schema, with good ones behind them',
    needsBus: true,
    usual: nothing,
    troubles: [{ strayMessages: poison }],
  },
];

function inOrder(order: readonly number[]): Trouble {
  return { interceptors: () => onlyAround({ bus: (bus) => shuffling(bus, order) }) };
}

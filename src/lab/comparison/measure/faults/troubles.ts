import { millisecondsInMinute } from 'date-fns/constants';
import { type Message, shopEvents } from '../../../../events/index.ts';
import { dayStartMs, shopMorning, watchedOrderId } from './shop-day.ts';
import type { Trouble } from './shop-run.ts';
import { onTheBus, repeating, shuffling } from './tampered-bus.ts';

/** A fault that compare tries. */
export interface Fault {
  readonly fault: string;
  /** What is done, in a line. */
  readonly title: string;
  /** It is of messages: without a bus it cannot be. */
  readonly needsBus: boolean;
  /** The same without the fault, to hold the runs against. */
  readonly usual: Trouble;
  /** A run for each. @param steps how many the usual run took */
  troubles(steps: number): readonly Trouble[];
}

const outageMs = 3 * millisecondsInMinute;
const slownessMs = 20_000;
const repeatedAfterMs = millisecondsInMinute;

/** In the order of the columns. */
export const faults: readonly Fault[] = [
  {
    fault: 'provider-down',
    title: 'the mail provider refuses everything for three minutes; what was given up is re-driven',
    needsBus: false,
    usual: {},
    troubles: () => [{ email: { outages: [{ fromMs: dayStartMs, toMs: dayStartMs + outageMs }] } }],
  },
  {
    fault: 'slow-provider',
    title: 'the mail provider takes 20 s for each message',
    needsBus: false,
    usual: {},
    troubles: () => [{ email: { latencyMs: slownessMs } }],
  },
  {
    fault: 'duplicate-event',
    title: 'each event of the shop comes a second time, a minute later',
    needsBus: true,
    usual: {},
    troubles: () => [{ interceptors: (clock) => onTheBus((bus) => repeating(bus, clock, repeatedAfterMs)) }],
  },
  {
    fault: 'out-of-order',
    title: 'two line items ship, the order is delivered, and the three events come in every other order',
    needsBus: true,
    usual: inOrder([0, 1, 2]),
    troubles: () => otherOrders.map(inOrder),
  },
  {
    fault: 'poison-event',
    title: 'an event of an order that nobody knows, and one that fits no schema, with good ones behind them',
    needsBus: true,
    usual: {},
    troubles: () => [{ strayMessages: poison }],
  },
  {
    fault: 'crash',
    title: 'the process dies before or after an operation, at every one, and is started again',
    needsBus: false,
    usual: { commands: shopMorning },
    troubles: (steps) =>
      Array.from({ length: steps }, (_, index) => ({ commands: shopMorning, diesAtStep: index + 1 })),
  },
];

/** In which three things can come, but for the right one. */
const otherOrders: readonly (readonly number[])[] = [
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

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

function inOrder(order: readonly number[]): Trouble {
  return { interceptors: () => onTheBus((bus) => shuffling(bus, order)) };
}

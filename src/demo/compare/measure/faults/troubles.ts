import type { EventBus } from '../../../../bus/index.ts';
import { type Message, type MessageOf, type ShopEvents, shopEvents } from '../../../../events/index.ts';
import type { Clock } from '../../../../kernel/index.ts';
import type { Surroundings } from '../../../world.ts';
import { dayStartMs, shopMorning, watchedOrderId } from './shop-day.ts';
import type { Trouble } from './shop-run.ts';

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

const outageMs = 3 * 60_000;
const slownessMs = 20_000;
const repeatedAfterMs = 60_000;

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
    troubles: () => [{ surroundings: (clock) => onTheBus((bus) => repeating(bus, clock)) }],
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
  }),
  stray('stray-2', { orderId: watchedOrderId, status: 'lost' }),
];

type Bus = EventBus<ShopEvents>;

function onTheBus(tamperedWith: (bus: Bus) => Bus): Surroundings {
  return {
    clock: (clock) => clock,
    datastore: (datastore) => datastore,
    bus: tamperedWith,
    channel: (channel) => channel,
    services: (services) => services,
    part: (_name, part) => part,
  };
}

const publishingBy = (bus: Bus, publish: Bus['publish']): Bus => ({
  capabilities: bus.capabilities,
  publish,
  subscribe: (subscriber) => bus.subscribe(subscriber),
  settle: () => bus.settle(),
  deadLetters: () => bus.deadLetters(),
  close: () => bus.close(),
});

function inOrder(order: readonly number[]): Trouble {
  return { surroundings: () => onTheBus((bus) => shuffling(bus, order)) };
}

/** As of a source that did not hear that its message was taken. */
const repeating = (bus: Bus, clock: Clock): Bus =>
  publishingBy(bus, async (messages) => {
    await bus.publish(messages);
    const again = messages.filter(isOfShop);
    if (again.length > 0) clock.schedule(clock.now() + repeatedAfterMs, () => void bus.publish(again));
  });

/** Keeps the events of the one order until all are there. */
function shuffling(bus: Bus, order: readonly number[]): Bus {
  const held: MessageOf<ShopEvents>[] = [];
  return publishingBy(bus, async (messages) => {
    const isHeld = (message: MessageOf<ShopEvents>): boolean =>
      isOfShop(message) && message.subject === watchedOrderId;
    held.push(...messages.filter(isHeld));
    const passing = messages.filter((message) => !isHeld(message));
    if (passing.length > 0) await bus.publish(passing);
    if (held.length < order.length) return;
    const released = held.splice(0);
    await bus.publish(order.flatMap((index) => released[index] ?? []));
  });
}

const isOfShop = ({ source }: Message): boolean => source.startsWith('/services/');

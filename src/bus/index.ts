/**
 * Publish and subscribe: in memory, or over the log in the datastore.
 *
 * @example
 * ```ts
 * import { InMemoryEventBus } from './src/bus/index.ts';
 * import { createMessage, shopEvents } from './src/events/index.ts';
 * import { createIds, seededRandom, VirtualClock } from './src/kernel/index.ts';
 *
 * const clock = new VirtualClock(0);
 * const random = seededRandom(1);
 * const bus = new InMemoryEventBus({ catalogue: shopEvents, clock, random });
 * bus.subscribe({
 *   name: 'greeter',
 *   handles: ['CustomerRegistered'],
 *   handle: async ({ data }) => console.log(`hello ${data.customerId}`),
 * });
 * const ids = createIds(clock, random);
 * await bus.publish([createMessage({ clock, ids }, shopEvents.CustomerRegistered, { customerId: 'ada', profile: null })]);
 * await bus.settle();
 * await bus.close();
 * ```
 */
export {
  type DeadLetter,
  type EventBus,
  type KeptState,
  type MessageContext,
  noPromises,
  type Subscriber,
} from './contract.ts';
export { letterId } from './dead-letter.ts';
export { DurableEventBus, type DurableEventBusOptions } from './durable/durable-bus.ts';
export {
  BusClosedError,
  DuplicateSubscriberError,
  PutOffError,
  UnknownDeadLetterError,
  UnknownSubscriberError,
} from './errors.ts';
export { InMemoryEventBus, type InMemoryEventBusOptions } from './in-memory-bus.ts';
export { type BrokerUrl, isBrokerUrl } from './redis/address.ts';
export type { Broker } from './redis/broker.ts';
export { openBroker } from './redis/open-broker.ts';
export { RedisEventBus } from './redis/redis-bus.ts';
export type { RedisEventBusOptions } from './redis/redis-bus-options.ts';

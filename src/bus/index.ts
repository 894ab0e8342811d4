export type { DeadLetter, EventBus, MessageContext, Publisher, Subscriber } from './contract.ts';
export { letterId } from './dead-letter.ts';
export { DurableEventBus, type DurableEventBusOptions } from './durable/durable-bus.ts';
export {
  BusClosedError,
  DuplicateSubscriberError,
  UnknownDeadLetterError,
  UnknownSubscriberError,
} from './errors.ts';
export { InMemoryEventBus, type InMemoryEventBusOptions } from './in-memory-bus.ts';

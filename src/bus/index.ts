export type {
  BusCapabilities,
  DeadLetter,
  EventBus,
  MessageContext,
  Publisher,
  Subscriber,
} from './contract.ts';
export { BusClosedError, DuplicateSubscriberError } from './errors.ts';
export { InMemoryEventBus, type InMemoryEventBusOptions } from './in-memory-bus.ts';

import type { EventBus } from '../../../src/bus/index.ts';
import type { ShopEvents } from '../../../src/events/index.ts';
import type { Surroundings } from '../../../src/shop/world.ts';

export const surroundedByNothing: Surroundings = {
  clock: (clock) => clock,
  datastore: (datastore) => datastore,
  bus: (bus) => bus,
  channel: (channel) => channel,
  services: (services) => services,
  part: (_name, part) => part,
};

/** The same bus as a plain object, of which something can be replaced. */
export const passedOn = (bus: EventBus<ShopEvents>): EventBus<ShopEvents> => ({
  capabilities: bus.capabilities,
  inFlight: bus.inFlight,
  publish: (messages) => bus.publish(messages),
  subscribe: (subscriber) => bus.subscribe(subscriber),
  settle: () => bus.settle(),
  deadLetters: () => bus.deadLetters(),
  redrive: (id) => bus.redrive(id),
  discard: (id) => bus.discard(id),
  close: () => bus.close(),
});

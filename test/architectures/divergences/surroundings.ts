import type { Surroundings } from '../../../src/shop/world.ts';

export const surroundedByNothing: Surroundings = {
  clock: (clock) => clock,
  datastore: (datastore) => datastore,
  bus: (bus) => bus,
  channel: (channel) => channel,
  services: (services) => services,
  part: (_name, part) => part,
};

import type { Interceptors } from '../../../src/shop/world.ts';

export const noInterceptors: Interceptors = {
  clock: (clock) => clock,
  datastore: (datastore) => datastore,
  bus: (bus) => bus,
  channel: (channel) => channel,
  services: (services) => services,
  part: (_name, part) => part,
};

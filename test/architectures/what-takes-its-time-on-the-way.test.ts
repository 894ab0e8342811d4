import { expect, it } from 'vitest';
import type { Datastore } from '../../src/datastore/index.ts';
import { execute } from '../../src/services/index.ts';
import { createWorld, type World } from '../../src/shop/world.ts';
import { ledgerLines } from '../support/ledger.ts';
import { noInterceptors } from './divergences/no-interceptors.ts';
import { openingCommands, openingMs } from './stories.ts';

it.each([
  ['pipeline', 'in-memory'],
  ['pipeline', 'durable'],
  ['command-driven', 'in-memory'],
  ['command-driven', 'durable'],
] as const)(
  'what waited between two steps is asked whether it is still so: %s, %s bus',
  async (architecture, bus) => {
    let hasStoodStill = false;
    const standsStill = (datastore: Datastore): Datastore => ({
      ...datastore,
      ledger: {
        ...datastore.ledger,
        async open(entries) {
          const before = await datastore.ledger.open(entries);
          if (!hasStoodStill && entries.some(({ notification: { type } }) => type === 'order-shipped')) {
            hasStoodStill = true;
            await world.clock.advanceTo(world.clock.now() + 5000, async () => {});
            await world.architecture.services.ordering.deliverOrder({ orderId: 'order-k' });
          }
          return before;
        },
      },
    });
    const interceptors = { ...noInterceptors, datastore: standsStill };
    const world: World = createWorld({ startMs: openingMs, architecture, bus, interceptors });
    const { services } = world.architecture;
    await world.architecture.start();
    for (const command of openingCommands) await world.during(execute(services, command));

    await world.during(services.ordering.shipOrder({ orderId: 'order-k' }));
    await world.finish();

    const ends = await ledgerLines(world.datastore);
    const told = ends.filter((end) => end.startsWith('order-shipped') && !end.includes('opted_out'));
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((end) => !end.endsWith('skipped overtaken'))).toEqual([]);
    await world.close();
  },
);

import { expect, it } from 'vitest';
import { type Datastore, DatastoreUnavailableError } from '../../src/datastore/index.ts';
import { execute } from '../../src/services/index.ts';
import { createWorld } from '../../src/shop/world.ts';
import { until } from '../support/until.ts';
import { noInterceptors } from './divergences/no-interceptors.ts';
import { openingCommands, openingMs } from './stories.ts';

const busy = () =>
  new DatastoreUnavailableError(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }));

it.each(['event-sourced', 'pipeline', 'command-driven'] as const)(
  '%s: what is said of one subject to one customer is entered in the order in which it happened, though the datastore was away for the first',
  async (architecture) => {
    const entered: string[] = [];
    let refuse: (() => void) | undefined;
    let wasRefused = false;
    const refusing = (datastore: Datastore): Datastore => ({
      ...datastore,
      ledger: {
        ...datastore.ledger,
        async open(entries, token) {
          const types = entries.map(({ notification }) => notification.type);
          if (types.includes('order-shipped') && !wasRefused) {
            wasRefused = true;
            await new Promise<void>((resolve) => (refuse = resolve));
            throw busy();
          }
          entered.push(...types);
          return datastore.ledger.open(entries, token);
        },
      },
    });
    const interceptors = { ...noInterceptors, datastore: refusing };
    const world = createWorld({ startMs: openingMs, architecture, bus: 'durable', interceptors });
    const { services } = world.architecture;
    await world.architecture.start();
    for (const command of openingCommands) await world.during(execute(services, command));
    await world.finish();
    entered.length = 0;

    await services.ordering.shipOrder({ orderId: 'order-k' });
    await until(() => refuse !== undefined);
    await services.ordering.deliverOrder({ orderId: 'order-k' });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    refuse?.();
    await world.finish();

    expect(entered.filter((type) => type.startsWith('order-'))).toEqual(['order-shipped', 'order-delivered']);
    await world.close();
  },
);

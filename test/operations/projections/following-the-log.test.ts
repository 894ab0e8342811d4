import { describe, expect, onTestFinished, test } from 'vitest';
import { followLog, rowsOf, stateOf } from '../../../src/operations/projections/index.ts';
import { busNames, createWorld, stockSampleShop } from '../../../src/shop/index.ts';
import { recordingLogger } from '../../support/recording-logger.ts';
import { counting } from './a-log.ts';

const register = (customerId: string) => ({
  customerId,
  name: 'Kim Lund',
  email: `${customerId}@example.com`,
  segment: 'gold' as const,
  locale: 'en-GB',
  timeZone: 'Europe/London',
});

describe.each(busNames)('on the %s bus', (bus) => {
  async function openWorld() {
    const world = createWorld({ startMs: 0, bus });
    onTestFinished(() => world.close());
    await stockSampleShop(world.datastore);
    await world.architecture.start();
    return world;
  }

  test('what was published is in the rows when the bus has settled', async () => {
    const { datastore, bus: own, architecture } = await openWorld();
    await architecture.services.accounts.registerCustomer(register('customer-0'));
    const stop = await followLog({ bus: own, datastore, projections: [counting()] });
    expect(await rows(datastore)).toEqual({ count: 1, latest: 'customer-0' });

    await architecture.services.accounts.registerCustomer(register('customer-1'));
    await own.settle();
    expect(await rows(datastore)).toEqual({ count: 2, latest: 'customer-1' });

    stop();
    await architecture.services.accounts.registerCustomer(register('customer-2'));
    await own.settle();
    expect(await rows(datastore)).toEqual({ count: 2, latest: 'customer-1' });
  });

  test('a projection with a bug stops loudly, and neither the others nor the customers notice', async () => {
    const world = await openWorld();
    const { datastore, bus: own, architecture } = world;
    const logger = recordingLogger();
    const broken = counting({ name: 'broken', failsAt: 'customer-1' });
    await followLog({ bus: own, datastore, logger, projections: [broken, counting()] });

    for (const id of ['customer-0', 'customer-1', 'customer-2'])
      await architecture.services.accounts.registerCustomer(register(id));
    await world.finish();

    expect(await rows(datastore)).toEqual({ count: 3, latest: 'customer-2' });
    expect(await stateOf(datastore, broken)).toMatchObject({ live: { failure: { position: 2 } } });
    expect(logger.lines).toEqual([
      JSON.stringify({ projection: 'broken', position: 2, text: 'a projection has stopped' }),
    ]);
    expect(world.outboxes.email.count).toBe(3);
    expect(await own.deadLetters()).toEqual([]);
  });
});

async function rows(datastore: Parameters<typeof rowsOf>[0]): Promise<unknown> {
  const found: [string, unknown][] = [];
  for await (const { key, value } of rowsOf(datastore, 'counting')) found.push([key, value]);
  return Object.fromEntries(found);
}

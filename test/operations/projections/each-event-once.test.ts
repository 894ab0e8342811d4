import { expect, test } from 'vitest';
import type { Datastore, Stores } from '../../../src/datastore/index.ts';
import {
  catchUp,
  defineProjection,
  rebuild,
  rowsOf,
  stateOf,
} from '../../../src/operations/projections/index.ts';
import { counting, openLog } from './a-log.ts';

async function countIn(datastore: Datastore, name = 'counting'): Promise<unknown> {
  for await (const { key, value } of rowsOf(datastore, name)) if (key === 'count') return value;
  return undefined;
}

test('what is in the log is in the rows, and what comes later is added', async () => {
  const { datastore, grow } = openLog();
  await grow(1201);

  expect(await catchUp(datastore, counting())).toMatchObject({ position: 1201, isLive: true, failure: null });
  expect(await countIn(datastore)).toBe(1201);

  await grow(3);
  await catchUp(datastore, counting());
  expect(await countIn(datastore)).toBe(1204);
});

test('an event has one effect, however many read at the same time and however often', async () => {
  const { datastore, grow } = openLog();
  await grow(1100);

  await Promise.all(Array.from({ length: 5 }, () => catchUp(datastore, counting())));
  await catchUp(datastore, counting());

  expect(await countIn(datastore)).toBe(1100);
});

test('where a process dies, neither rows nor position are kept, and the next one goes on', async () => {
  const { datastore, grow } = openLog();
  await grow(700);
  let saves = 0;
  const dying = failing(datastore, ({ projections }) => ({
    projections: {
      ...projections,
      save: async (build) => {
        if (++saves === 2) throw new Error('killed');
        return projections.save(build);
      },
    },
  }));

  await expect(catchUp(dying, counting())).rejects.toThrow('killed');
  expect(await datastore.projections.builds('counting')).toMatchObject([{ position: 500, isLive: false }]);

  await catchUp(datastore, counting());
  expect(await countIn(datastore)).toBe(700);
});

test('an event that it cannot take stops a projection in front of it, with all before it kept', async () => {
  const { datastore, grow } = openLog();
  await grow(20);

  const broken = counting({ failsAt: 'customer-12' });
  const stopped = await catchUp(datastore, broken);

  expect(stopped).toMatchObject({
    position: 12,
    failure: { position: 13, reason: 'customer-12 is too much' },
  });
  expect(await catchUp(datastore, broken)).toEqual(stopped);

  await catchUp(datastore, counting());
  expect(await countIn(datastore)).toBe(20);
});

test('a new version is made beside the old one, which is read until it is complete', async () => {
  const { datastore, grow } = openLog();
  await grow(10);
  await catchUp(datastore, counting());

  await catchUp(datastore, counting({ version: 2, failsAt: 'customer-7' }));
  expect(await countIn(datastore)).toBe(10);
  expect(await stateOf(datastore, counting({ version: 2 }))).toMatchObject({
    live: { version: 1, position: 10 },
    unfinished: { version: 2, position: 7, failure: { position: 8 } },
  });

  await catchUp(datastore, counting({ version: 2 }));
  expect(await countIn(datastore)).toBe(20);
  expect(await datastore.projections.builds('counting')).toMatchObject([{ version: 2, isLive: true }]);
});

test('an older program does not take the place of a newer one', async () => {
  const { datastore, grow } = openLog();
  await grow(3);
  await catchUp(datastore, counting({ version: 2 }));

  await expect(catchUp(datastore, counting())).rejects.toThrow(
    'projection counting is of version 2, and this program has version 1',
  );
  expect(await countIn(datastore)).toBe(6);
});

test('made again from the beginning, it is what it was', async () => {
  const { datastore, grow } = openLog();
  await grow(30);
  await catchUp(datastore, counting());
  await datastore.projections.write(
    (await datastore.projections.builds('counting'))[0]?.id ?? 0,
    new Map([['count', '99']]),
  );
  expect(await countIn(datastore)).toBe(99);

  await rebuild(datastore, counting());

  expect(await countIn(datastore)).toBe(30);
  expect(await datastore.projections.builds('counting')).toHaveLength(1);
});

test('a row that is deleted is gone, for later events too', async () => {
  const { datastore, grow } = openLog();
  await grow(3);
  const seen: unknown[] = [];
  const forgetful = defineProjection<string, 'CustomerRegistered'>({
    name: 'forgetful',
    words: 'the latest customer, every second time',
    version: 1,
    handles: ['CustomerRegistered'],
    async project({ data }, rows) {
      const before = await rows.get('latest');
      seen.push(before);
      if (before === undefined) rows.set('latest', data.customerId);
      else rows.delete('latest');
    },
  });

  await catchUp(datastore, forgetful);
  await grow(1);
  await catchUp(datastore, forgetful);

  expect(seen).toEqual([undefined, 'customer-0', undefined, 'customer-2']);
});

test.each([0, -1, 1.5])('%d is no version', (version) => {
  expect(() => counting({ version })).toThrow(TypeError);
});

function failing(datastore: Datastore, change: (stores: Stores) => Partial<Stores>): Datastore {
  return {
    ...datastore,
    transaction: (work) => datastore.transaction((stores) => work({ ...stores, ...change(stores) })),
  };
}

import { millisecondsInDay } from 'date-fns/constants';
import fc from 'fast-check';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { cartStore } from '../../src/datastore/carts.ts';
import type { Db } from '../../src/datastore/db.ts';
import { type CartStore, type Datastore, openDatastore } from '../../src/datastore/index.ts';
import { migrations } from '../../src/datastore/migrations.ts';
import { execute, select } from '../../src/datastore/query.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';
import { emptyDatastore, hasServer, tries } from '../support/a-datastore.ts';
import { queryPlanOf } from '../support/query-plan.ts';
import { temporaryFile } from '../support/temporary-file.ts';

/** Something happens in the shop: the log grows by an event of this id. */
const happens = ({ eventLog }: Pick<Datastore, 'eventLog'>, id: string): Promise<void> =>
  eventLog.append([
    {
      id,
      type: 'PriceChanged',
      source: '/services/pricing',
      subject: 'helmet',
      // All at the same moment: time decides nothing.
      time: '2026-03-02T10:00:00.000Z',
      correlationId: id,
      causationId: id,
      schemaVersion: 1,
      data: {},
    },
  ]);

const add = ({ carts }: { carts: CartStore }, customerId: string): Promise<void> =>
  carts.add({ customerId, productId: 'helmet', quantity: 1 });

const had = ({ carts }: { carts: CartStore }, atEvent: string): Promise<readonly string[]> =>
  carts.customersWith('helmet', { afterCustomerId: '', limit: 10, atEvent });

test('those who had it when the event happened are found long after it', async () => {
  const shop = await emptyDatastore();
  await happens(shop, 'before');
  await add(shop, 'early');
  await add(shop, 'faithful');
  await happens(shop, 'drop');
  await add(shop, 'late');
  await shop.carts.remove('early', ['helmet'], 0);
  await happens(shop, 'after');

  expect(await had(shop, 'before')).toEqual([]);
  expect(await had(shop, 'drop')).toEqual(['early', 'faithful']);
  expect(await had(shop, 'after')).toEqual(['faithful', 'late']);
  expect(await had(shop, 'an event of nobody knows where')).toEqual(['faithful', 'late']);
});

test('who has it again had it twice, and not in between', async () => {
  const shop = await emptyDatastore();
  await add(shop, 'kim');
  await happens(shop, 'first');
  await shop.carts.remove('kim', ['helmet'], 0);
  await happens(shop, 'second');
  await add(shop, 'kim');
  await happens(shop, 'third');

  expect(await had(shop, 'first')).toEqual(['kim']);
  expect(await had(shop, 'second')).toEqual([]);
  expect(await had(shop, 'third')).toEqual(['kim']);
});

test('who adds more of it has had it since the first', async () => {
  const shop = await emptyDatastore();
  await add(shop, 'kim');
  await happens(shop, 'drop');
  await add(shop, 'kim');

  expect(await had(shop, 'drop')).toEqual(['kim']);
});

type Step = { readonly kind: 'add' | 'remove' | 'event'; readonly customer: string };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add', 'remove', 'event'),
  customer: fc.constantFrom('ada', 'ben', 'cat', 'dan'),
});

test('whatever comes and goes, each event finds those who had it then, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, limit) => {
        const shop = await emptyDatastore();
        const inCart = new Set<string>();
        const expected: string[][] = [];
        for (const { kind, customer } of steps) {
          if (kind === 'add') await add(shop, customer);
          if (kind === 'add') inCart.add(customer);
          if (kind === 'remove') await shop.carts.remove(customer, ['helmet'], 0);
          if (kind === 'remove') inCart.delete(customer);
          if (kind !== 'event') continue;
          await happens(shop, `event-${expected.length}`);
          expected.push([...inCart].sort());
        }
        for (const [index, everyone] of expected.entries()) {
          const found: string[] = [];
          for (let afterCustomerId = ''; ; afterCustomerId = found.at(-1) ?? '') {
            const page = { afterCustomerId, limit, atEvent: `event-${index}` };
            const ids = await shop.carts.customersWith('helmet', page);
            if (ids.length === 0) break;
            found.push(...ids);
          }
          expect(found).toEqual(everyone);
        }
        await shop.close();
      },
    ),
    { numRuns: tries(100) },
  );
});

test('what was taken out is forgotten after a week', async () => {
  const db = openSqlite(':memory:');
  const carts = cartStore(db);
  const comesAndGoes = async (customerId: string, atMs: number): Promise<void> => {
    await add({ carts }, customerId);
    await logAnEvent(db);
    await carts.remove(customerId, ['helmet'], atMs);
  };

  await comesAndGoes('ada', 0);
  await comesAndGoes('ben', 7 * millisecondsInDay);
  expect(await select(db, 'select customer_id from cart_item_before')).toHaveLength(2);
  await comesAndGoes('cat', 7 * millisecondsInDay + 1);

  const kept = await select(db, 'select customer_id from cart_item_before order by 1');
  expect(kept).toEqual([{ customer_id: 'ben' }, { customer_id: 'cat' }]);
});

test('what comes and goes between two events leaves nothing behind', async () => {
  const db = openSqlite(':memory:');
  const carts = cartStore(db);

  await add({ carts }, 'kim');
  await carts.remove('kim', ['helmet'], 0);

  expect(await select(db, 'select * from cart_item_before')).toEqual([]);
});

test.skipIf(hasServer)(
  'carts of an older file were there before anything that is still to be handled',
  async () => {
    const file = temporaryFile('shop.db');
    const older = new Database(file);
    older.exec(migrations.slice(0, 2).join('\n'));
    older.exec(`insert into cart_item (product_id, customer_id, quantity) values ('helmet', 'kim', 1)`);
    older.exec(`pragma application_id = ${0x6e6f7469}; pragma user_version = 2`);
    older.close();

    const shop = openDatastore({ file });
    await happens(shop, 'drop');

    expect(await had(shop, 'drop')).toEqual(['kim']);
    await shop.close();
  },
);

test('a page is read from the indexes, and only those that left since are sorted', async () => {
  const plan = await queryPlanOf((db) =>
    cartStore(db).customersWith('helmet', { afterCustomerId: 'ben', limit: 10, atEvent: 'drop' }),
  );

  expect(plan).toContain('SEARCH cart_item USING PRIMARY KEY (product_id=? AND customer_id>?)');
  expect(plan).toContain('SEARCH cart_item_before USING PRIMARY KEY (product_id=? AND removed_after>?)');
  expect(plan.filter((line) => line.startsWith('SCAN'))).toEqual([]);
});

/** As the log grows, without what a message has. */
const logAnEvent = (db: Db): Promise<number> =>
  execute(
    db,
    `insert into event_log (id, type, source, subject, time, correlation_id, causation_id, schema_version, data)
     select 'event-' || count(*), 't', 's', 's', '2026', 'c', 'c', 1, '{}' from event_log`,
  );

import Database from 'libsql';
import { afterEach, expect, test, vi } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { aCustomer } from '../support/customers.ts';
import { eventMaker } from '../support/events.ts';
import { anEntry, sent } from '../support/records.ts';

afterEach(() => void vi.restoreAllMocks());

test('a query is prepared once, however often it is made', async () => {
  const datastore = openDatastore();
  const { registered } = eventMaker();
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const useEverything = async (round: number): Promise<void> => {
    const id = `id-${round}`;
    await datastore.transaction(async (stores) => {
      await stores.customers.insert(aCustomer({ id }));
      await stores.eventLog.append([registered(id)]);
      await stores.shipmentProgress.advance(id, [{ lineItemId: id, status: 'shipped' }], round);
    });
    await datastore.customers.recipients([id, 'unknown']);
    await datastore.carts.add({ customerId: id, productId: id, quantity: 1 });
    await datastore.carts.customersWith(id, { afterCustomerId: '', limit: round + 1 });
    await datastore.ledger.open([anEntry(id), anEntry(`${id}-other`)]);
    await datastore.ledger.record([sent(id, 'email')], []);
    await datastore.ledger.takeDue('email', round, 10);
    await datastore.ledger.nextDueMs('email');
    await datastore.ledger.redrive({ notificationId: id, channel: 'email' }, round);
    await datastore.ledger.counts();
    await datastore.ledger.find('causeId', id);
  };
  await useEverything(0);
  const preparedOnce = prepare.mock.calls.length;
  expect(preparedOnce).toBeGreaterThan(10);

  for (let round = 1; round <= 50; round++) await useEverything(round);

  expect(prepare.mock.calls).toHaveLength(preparedOnce);
});

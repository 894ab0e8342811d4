import { expect, test } from 'vitest';
import { aPlace, emptyDatastore, openPlace } from '../support/a-datastore.ts';
import { closedGate, manyTurns } from '../support/bus.ts';
import { aCustomer } from '../support/customers.ts';
import { aDelivery, anEntry, sent } from '../support/records.ts';

test('a transaction keeps everything, and gives back what its work returns', async () => {
  const datastore = await emptyDatastore();

  const result = await datastore.transaction(async (stores) => {
    await stores.customers.insert(aCustomer({ id: 'kim' }));
    await stores.customers.insert(aCustomer({ id: 'lee' }));
    return 'done';
  });

  expect(result).toBe('done');
  expect(await datastore.customers.find('kim')).toBeDefined();
  expect(await datastore.customers.find('lee')).toBeDefined();
});

test('a transaction whose work throws keeps nothing, and throws the same', async () => {
  const datastore = await emptyDatastore();
  const failure = new Error('after all not');

  const attempt = datastore.transaction(async (stores) => {
    await stores.customers.insert(aCustomer());
    expect(await stores.customers.find('kim')).toBeDefined();
    throw failure;
  });

  await expect(attempt).rejects.toBe(failure);
  expect(await datastore.isEmpty()).toBe(true);
});

test('a statement that fails undoes those before it, and the datastore goes on', async () => {
  const datastore = await emptyDatastore();
  await datastore.customers.insert(aCustomer({ id: 'lee' }));

  const attempt = datastore.transaction(async (stores) => {
    await stores.customers.insert(aCustomer({ id: 'kim' }));
    await stores.customers.insert(aCustomer({ id: 'lee' }));
  });

  await expect(attempt).rejects.toThrow(/unique/i);
  expect(await datastore.customers.find('kim')).toBeUndefined();
  await datastore.customers.insert(aCustomer({ id: 'kim' }));
});

test('what is asked during a transaction waits for its end', async () => {
  const datastore = await emptyDatastore();
  const gate = closedGate();
  const events: string[] = [];
  const transaction = datastore.transaction(async (stores) => {
    await stores.customers.insert(aCustomer());
    await gate.opened;
    events.push('transaction ends');
  });
  const question = datastore.customers.find('kim').then((customer) => {
    events.push(`asked from outside: ${customer?.id}`);
  });

  await manyTurns();
  expect(events).toEqual([]);
  gate.open();
  await Promise.all([transaction, question]);

  expect(events).toEqual(['transaction ends', 'asked from outside: kim']);
});

test('transactions run one after the other, in the order of their asking', async () => {
  const datastore = await emptyDatastore();
  await datastore.carts.add({ customerId: 'kim', productId: 'helmet', quantity: 1 });
  const seen: boolean[] = [];
  const toggle = async (): Promise<void> =>
    datastore.transaction(async ({ carts }) => {
      const isThere = await carts.has('kim', 'helmet');
      await manyTurns();
      seen.push(isThere);
      if (isThere) await carts.remove('kim', ['helmet'], 0);
      else await carts.add({ customerId: 'kim', productId: 'helmet', quantity: 1 });
    });

  await Promise.all([toggle(), toggle(), toggle(), toggle()]);

  expect(seen).toEqual([true, false, true, false]);
});

test('the ledger joins a transaction that is open already, and is undone with it', async () => {
  const datastore = await emptyDatastore();

  const attempt = datastore.transaction(async ({ ledger, customers }) => {
    await customers.insert(aCustomer());
    expect(await ledger.open([anEntry('n-1')])).toEqual([[]]);
    await ledger.record([sent('n-1', 'email')], []);
    expect(await ledger.counts()).toMatchObject({ requested: 2, sent: 1 });
    throw new Error('after all not');
  });

  await expect(attempt).rejects.toThrow('after all not');
  expect(await datastore.ledger.counts()).toMatchObject({ requested: 0 });
});

test('the ledger enters all or none of a call', async () => {
  const datastore = await emptyDatastore();
  const impossible = { ...anEntry('n-2'), deliveries: [aDelivery('n-2', null as never)] };

  await expect(datastore.ledger.open([anEntry('n-1'), impossible])).rejects.toThrow(/not[ -]null/i);

  expect(await datastore.ledger.counts()).toMatchObject({ requested: 0 });
  expect(await datastore.ledger.find('id', 'n-1')).toEqual([]);
});

test('what was not committed is not there when it is opened again', async () => {
  const place = await aPlace();
  const datastore = await openPlace(place);
  const attempt = datastore.transaction(async (stores) => {
    await stores.customers.insert(aCustomer());
    throw new Error('after all not');
  });
  await attempt.catch(() => {});
  await datastore.close();

  const reopened = await openPlace(place);

  expect(await reopened.isEmpty()).toBe(true);
  await reopened.close();
});

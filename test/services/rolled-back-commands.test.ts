import { expect, test } from 'vitest';
import { type Datastore, openDatastore, type Stores } from '../../src/datastore/index.ts';
import { kim, memoryOf, openShop, twoHelmetsAndABell, usd } from './shop.ts';

/** The real datastore, but for some stores that fail inside a transaction. */
function failingInTransactions(
  datastore: Datastore,
  failing: (stores: Stores) => Partial<Stores>,
): Datastore {
  return {
    ...datastore,
    transaction: (work) => datastore.transaction((stores) => work({ ...stores, ...failing(stores) })),
  };
}

const fail = async (): Promise<never> => {
  throw new Error('disk full');
};

async function stock(datastore: Datastore): Promise<void> {
  const { accounts, pricing, ordering } = openShop({ datastore }).services;
  await accounts.registerCustomer(kim);
  await pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: usd(3499) });
  await pricing.addProduct({ productId: 'bell', name: 'Bell', price: usd(650) });
  await ordering.addCartItem({ customerId: 'kim', productId: 'bell', quantity: 1 });
}

test('when the event log cannot be written, the state does not change either', async () => {
  const datastore = openDatastore();
  await stock(datastore);
  const shop = openShop({
    datastore: failingInTransactions(datastore, ({ eventLog }) => ({
      eventLog: { ...eventLog, append: fail },
    })),
  });
  const before = await memoryOf({ ...shop, datastore });

  await expect(shop.services.ordering.placeOrder(twoHelmetsAndABell)).rejects.toThrow('disk full');

  expect(await memoryOf({ ...shop, datastore })).toEqual(before);
  expect(shop.published).toEqual([]);
});

test('when the last of several writes fails, the first are undone', async () => {
  const datastore = openDatastore();
  await stock(datastore);
  const shop = openShop({
    datastore: failingInTransactions(datastore, ({ carts }) => ({ carts: { ...carts, remove: fail } })),
  });

  await expect(shop.services.ordering.placeOrder(twoHelmetsAndABell)).rejects.toThrow('disk full');

  expect(await datastore.orders.find('order-1')).toBeUndefined();
  expect(await datastore.eventLog.about('order-1')).toEqual([]);
  expect(await datastore.carts.has('kim', 'bell')).toBe(true);
  expect(shop.published).toEqual([]);
});

test('after a command that was rolled back, the next one works', async () => {
  const datastore = openDatastore();
  await stock(datastore);
  const broken = openShop({
    datastore: failingInTransactions(datastore, ({ carts }) => ({ carts: { ...carts, remove: fail } })),
  });
  await broken.services.ordering.placeOrder(twoHelmetsAndABell).catch(() => {});

  await openShop({ datastore }).services.ordering.placeOrder(twoHelmetsAndABell);

  expect((await datastore.orders.find('order-1'))?.status).toBe('placed');
});

test('events are published only once they are committed', async () => {
  const datastore = openDatastore();
  const logged: unknown[] = [];
  const { services } = openShop({
    datastore,
    publisher: {
      // Would wait for ever if the transaction were still open.
      publish: async (messages) => {
        for (const { id } of messages) logged.push((await datastore.eventLog.find(id))?.type);
      },
    },
  });

  await services.accounts.registerCustomer(kim);

  expect(logged).toEqual(['CustomerRegistered']);
});

test('when publishing fails, the caller hears of it, and state and event log agree', async () => {
  const { services, datastore } = openShop({ publisher: { publish: fail } });

  await expect(services.accounts.registerCustomer(kim)).rejects.toThrow('disk full');

  expect(await datastore.customers.find('kim')).toBeDefined();
  expect((await datastore.eventLog.about('kim')).map(({ type }) => type)).toEqual(['CustomerRegistered']);
});

test('of two commands that race for one id, one wins, and the events are published in the order of the log', async () => {
  const { services, published } = openShop();

  const outcomes = await Promise.allSettled([
    services.accounts.registerCustomer(kim),
    services.accounts.registerCustomer({ ...kim, name: 'Another Kim' }),
    services.accounts.registerCustomer({ ...kim, customerId: 'lee' }),
  ]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(published.map(({ subject }) => subject)).toEqual(['kim', 'lee']);
});

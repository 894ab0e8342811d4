import { expect, it } from 'vitest';
import type { MessageOf, ShopEvents } from '../../src/events/index.ts';
import { ledgerLines } from '../support/ledger.ts';
import { kim, type OpenShop, openShop, usd } from '../support/open-shop.ts';

/** A helmet for $34.99, and as many customers as asked for with one in the cart. */
async function openShopWithCarts(carts: number, segmentOf = (_index: number) => 'gold' as 'gold' | 'silver') {
  const shop = await openShop();
  await shop.datastore.products.insert({ id: 'helmet', name: 'Helmet', price: usd(3499) });
  await shop.datastore.transaction(async (stores) => {
    for (let index = 0; index < carts; index++) {
      const {
        customerId,
        phone = null,
        quietHours = null,
        ...rest
      } = kim({ customerId: `customer-${index}` });
      const record = { ...rest, id: customerId, phone, quietHours, addresses: {}, preferences: {} };
      await stores.customers.insert({ ...record, segment: segmentOf(index) });
      await stores.carts.add({ customerId, productId: 'helmet', quantity: 1 });
    }
  });
  return shop;
}

const setPrice = async (shop: OpenShop, amount: number) => {
  await shop.pricing.updatePrice({ productId: 'helmet', price: usd(amount) });
  await shop.settle();
};

it('more customers than fit on a page are all told, each once', async () => {
  const shop = await openShopWithCarts(2345);

  await setPrice(shop, 2999);

  const told = shop.emails.all().map(({ deliveryId }) => deliveryId);
  expect(told).toHaveLength(2345);
  expect(new Set(told).size).toBe(2345);
});

it.each([999, 1000, 1001])('%i customers, around the edge of a page, are all told', async (carts) => {
  const shop = await openShopWithCarts(carts);

  await setPrice(shop, 2999);

  expect(await shop.datastore.ledger.counts()).toMatchObject({ requested: 2 * carts, sent: carts });
});

it('who is not gold or platinum is in the ledger with the reason', async () => {
  const shop = await openShopWithCarts(4, (index) => (index % 2 === 0 ? 'gold' : 'silver'));

  await setPrice(shop, 2999);

  expect(await ledgerLines(shop.datastore)).toEqual([
    'price-drop customer-0 email sent sent',
    'price-drop customer-0 sms skipped opted_out',
    'price-drop customer-1 email skipped segment_not_eligible',
    'price-drop customer-1 sms skipped segment_not_eligible',
    'price-drop customer-2 email sent sent',
    'price-drop customer-2 sms skipped opted_out',
    'price-drop customer-3 email skipped segment_not_eligible',
    'price-drop customer-3 sms skipped segment_not_eligible',
  ]);
});

it.each([
  ['rises', 3999],
  ['stays', 3499],
])('a price that %s is no news', async (_, amount) => {
  const shop = await openShopWithCarts(3);

  await setPrice(shop, amount);

  expect(await ledgerLines(shop.datastore)).toEqual([]);
});

it('the price of what nobody has in the cart is no news', async () => {
  const shop = await openShopWithCarts(0);

  await setPrice(shop, 2999);

  expect(await ledgerLines(shop.datastore)).toEqual([]);
});

it('who took the product out of the cart by buying it is not told', async () => {
  const shop = await openShopWithCarts(2);
  const lineItems = [{ lineItemId: 'order-1-1', productId: 'helmet', quantity: 1 }];
  await shop.ordering.placeOrder({ orderId: 'order-1', customerId: 'customer-0', lineItems });

  await setPrice(shop, 2999);

  const lines = await ledgerLines(shop.datastore);
  expect(lines.filter((line) => line.startsWith('price-drop customer-0'))).toEqual([]);
  expect(lines).toContain('price-drop customer-1 email sent sent');
});

it('a second drop is news again', async () => {
  const shop = await openShopWithCarts(1);

  await setPrice(shop, 2999);
  await setPrice(shop, 2499);

  expect(shop.emails.all().map(({ subject }) => subject)).toHaveLength(2);
});

it('the same event, published again, is no second drop', async () => {
  const shop = await openShopWithCarts(1);
  await setPrice(shop, 2999);
  const [event] = await shop.datastore.eventLog.about('helmet');

  await shop.bus.publish([event as MessageOf<ShopEvents>]);
  await shop.settle();

  expect(shop.emails.all()).toHaveLength(1);
});

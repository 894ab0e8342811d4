import { expect, test } from 'vitest';
import { facts, openShop, openStockedShop, usd } from './shop.ts';

test('a new product is remembered and announced', async () => {
  const shop = openShop();

  await shop.services.pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: usd(3499) });

  expect(await shop.datastore.products.find('helmet')).toEqual({
    id: 'helmet',
    name: 'Helmet',
    price: usd(3499),
  });
  const data = { productId: 'helmet', name: 'Helmet', price: usd(3499) };
  expect(facts(shop)).toEqual([{ type: 'ProductAdded', data }]);
});

test('a changed price is announced with the price before it', async () => {
  const shop = await openStockedShop();

  await shop.services.pricing.updatePrice({ productId: 'helmet', price: usd(2999) });

  expect((await shop.datastore.products.find('helmet'))?.price).toEqual(usd(2999));
  expect(facts(shop)).toEqual([
    { type: 'PriceChanged', data: { productId: 'helmet', previousPrice: usd(3499), price: usd(2999) } },
  ]);
});

test('a price that is what it was is no change', async () => {
  const shop = await openStockedShop();

  await shop.services.pricing.updatePrice({ productId: 'helmet', price: usd(3499) });

  expect(shop.published).toEqual([]);
  expect(await shop.datastore.eventLog.about('helmet')).toMatchObject([{ type: 'ProductAdded' }]);
});

test('a product may be given away', async () => {
  const shop = await openStockedShop();

  await shop.services.pricing.updatePrice({ productId: 'helmet', price: usd(0) });

  expect((await shop.datastore.products.find('helmet'))?.price).toEqual(usd(0));
});

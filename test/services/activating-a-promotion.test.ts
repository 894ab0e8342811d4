import { expect, test } from 'vitest';
import { facts, openShop } from './shop.ts';

test('a promotion is remembered and announced, with each segment once', async () => {
  const shop = openShop();
  const terms = { name: 'Spring Days', code: 'SPRING-20', discountPercent: 20 };

  await shop.services.promotions.activatePromotion({
    promotionId: 'spring',
    ...terms,
    segments: ['gold', 'platinum', 'gold'],
  });

  const segments = ['gold', 'platinum'];
  expect(await shop.datastore.promotions.find('spring')).toEqual({ id: 'spring', ...terms, segments });
  const data = { promotionId: 'spring', ...terms, segments };
  expect(facts(shop)).toEqual([{ type: 'PromotionActivated', data }]);
});

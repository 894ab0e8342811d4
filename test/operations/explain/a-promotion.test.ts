import { expect, test } from 'vitest';
import { answer, noon, openShop, promoteFor, register } from './a-shop.ts';

test('whoever is in one of its segments was told', async () => {
  const shop = await openShop({ segment: 'gold' });
  await shop.give(promoteFor(['gold', 'platinum']));

  expect(await answer(shop, { id: 'spring' })).toBe(`PromotionActivated spring 20 % for gold, platinum
2026-03-02 12:00:00 UTC, event <event>
└─ promotion-available to kim
   promotion-available:spring:kim
   ├─ email: sent
   │  └─ 12:00:00 sent: accepted by the provider
   │     receipt captured-promotion-available:spring:kim:email
   └─ sms: skipped
      └─ 12:00:00 opted_out: the customer does not want such messages on this channel
         would have been sent if the customer had switched such messages on for sms

Asked 2 stores: event log, ledger.`);
});

test('why not this customer: segment_not_eligible, by asking the data', async () => {
  const shop = await openShop({ segment: 'silver' });
  await shop.give(promoteFor(['gold', 'platinum']), register({ customerId: 'lee', segment: 'gold' }));

  const said = await answer(shop, { id: 'spring', customerId: 'kim' });

  expect(said).toContain('segment_not_eligible');
  expect(said).toContain('only customers in segment gold or platinum are told');
  expect(said).toContain('if the customer were in segment gold or platinum');
});

test('why nobody: there was no customer in its segments', async () => {
  const shop = await openShop({ segment: 'silver' });
  await shop.give(promoteFor(['gold', 'platinum']));

  expect(await answer(shop, { id: 'spring' })).toContain('nobody was in segment gold or platinum');
});

test('why not one who came later: that is when they were registered', async () => {
  const shop = await openShop({ segment: 'gold' });
  await shop.give(promoteFor(['gold']));
  await shop.advanceTo(Date.parse(noon) + 1000);
  await shop.give(register({ customerId: 'lee' }));

  expect(await answer(shop, { id: 'spring', customerId: 'lee' })).toContain(
    'the customer was registered later',
  );
});

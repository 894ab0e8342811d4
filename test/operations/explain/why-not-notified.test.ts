import { expect, test } from 'vitest';
import {
  answer,
  latestEventAbout,
  noon,
  openShop,
  order,
  priceDropAt,
  priceHelmetAt,
  putHelmetInCart,
  register,
  registerWithoutPhone,
  ship,
} from './a-shop.ts';

test('a segment that is not told of price drops: segment_not_eligible', async () => {
  const shop = await openShop({ segment: 'silver' });
  await shop.give(putHelmetInCart(), priceHelmetAt(2999));

  expect(await answer(shop, { id: 'helmet' })).toBe(`PriceChanged helmet 34.99 USD → 29.99 USD
2026-03-02 12:00:00 UTC, event <event>
└─ price-drop to kim
   price-drop:<event>:kim
   ├─ email: skipped
   │  └─ 12:00:00 segment_not_eligible: only customers in segment gold or platinum are told
   │     would have been sent if the customer were in segment gold or platinum
   └─ sms: skipped
      └─ 12:00:00 segment_not_eligible: only customers in segment gold or platinum are told
         would have been sent if the customer were in segment gold or platinum

Asked 2 stores: event log, ledger.`);
});

test('nobody knows the phone number: no_contact', async () => {
  const shop = await openShop();
  await shop.give(registerWithoutPhone('lee'), order('order-1', ['1'], 'lee'));

  expect(await answer(shop, { id: 'order-confirmed:order-1:lee:sms' })).toContain(`   └─ sms: skipped
      └─ 12:00:00 no_contact: no address for this channel
         would have been sent if the customer had a phone number`);
});

test('the price is up again when the quiet hours end: overtaken', async () => {
  const shop = await openShop({
    quietHours: { start: '11:00', end: '13:00' },
    preferences: { price_alerts: { sms: true } },
  });
  await shop.give(putHelmetInCart(), priceHelmetAt(2999), priceHelmetAt(3499));
  await shop.finish();

  expect(await answer(shop, { id: 'helmet' })).toContain(`   └─ sms: skipped
      ├─ 12:00:00 quiet_hours: waits until the customer's quiet hours end (until 13:00:00)
      │  would have been sent at once if it had not fallen in the customer's quiet hours
      └─ 13:00:00 overtaken: what it says was no longer so
         would have been sent if it had still been so when its time came`);
});

test('an address that bounced: suppressed', async () => {
  const shop = await openShop();
  await shop.datastore.suppressions.add({ address: 'kim@example.com', reason: 'bounced', sinceMs: 0 });
  await shop.give(order());

  expect(await answer(shop, { id: 'order-1' })).toContain(`   ├─ email: skipped
   │  └─ 12:00:00 suppressed: the address bounced, is blocked or has unsubscribed
   │     would have been sent if the address were not on the suppression list`);
});

test('switched off by the customer: opted_out', async () => {
  const shop = await openShop({ preferences: { order_updates: { email: false, sms: true } } });
  await shop.give(order());

  expect(await answer(shop, { id: 'order-confirmed:order-1:kim' })).toContain(`   ├─ email: skipped
   │  └─ 12:00:00 opted_out: the customer does not want such messages on this channel
   │     would have been sent if the customer had switched such messages on for email`);
});

test('news of more than a day ago: expired, though the event is not in the log', async () => {
  const shop = await openShop();
  await shop.give(putHelmetInCart());
  await shop.publish(priceDropAt('2026-03-01T11:00:00.000Z'));

  expect(await answer(shop, { id: 'from-outside' })).toBe(`an event that is not in the event log
2026-03-01 11:00:00 UTC, event from-outside
└─ price-drop to kim
   price-drop:from-outside:kim
   ├─ email: skipped
   │  └─ 2026-03-02 12:00:00 expired: older than such news is useful, and not worth sending any more
   │     would have been sent if its turn had come while it was useful
   └─ sms: skipped
      └─ 2026-03-02 12:00:00 expired: older than such news is useful, and not worth sending any more
         would have been sent if its turn had come while it was useful

Asked 2 stores: event log, ledger.`);
});

test('no candidate for a price drop: not_in_cart, which only the data can answer', async () => {
  const shop = await openShop();
  await shop.give(priceHelmetAt(2999));
  const eventId = await latestEventAbout(shop, 'helmet');

  const whyNotKim = await answer(shop, { id: eventId, customerId: 'kim' });

  expect(whyNotKim).toBe(`PriceChanged helmet 34.99 USD → 29.99 USD
2026-03-02 12:00:00 UTC, event <event>
└─ no notification, not_in_cart: the product is not in the customer's cart
   would have been a candidate if the product had been in the customer's cart

Asked 4 stores: event log, ledger, customers, carts.`);
  expect(await answer(shop, { id: 'helmet', customerId: 'kim' })).toBe(whyNotKim);
});

test('put into the cart only after the price dropped: not_in_cart all the same', async () => {
  const shop = await openShop();
  await shop.give(priceHelmetAt(2999), putHelmetInCart());

  expect(await answer(shop, { id: 'helmet', customerId: 'kim' })).toContain(
    "not_in_cart: the product is in the customer's cart now, but was not at that time",
  );
});

test('a price drop that others heard of from outside: not_in_cart too', async () => {
  const shop = await openShop();
  await shop.give(putHelmetInCart(), register({ customerId: 'lee' }));
  await shop.publish(priceDropAt(noon));

  expect(await answer(shop, { id: 'from-outside', customerId: 'lee' })).toContain(
    'no notification, not_in_cart',
  );
});

test.each([
  [
    'nobody has the product in the cart',
    [priceHelmetAt(2999)],
    'helmet',
    undefined,
    'nobody had helmet in the cart',
  ],
  [
    'the price rises',
    [putHelmetInCart(), priceHelmetAt(3999)],
    'helmet',
    undefined,
    'the price did not drop',
  ],
  [
    'the order is somebody else’s',
    [register({ customerId: 'lee' }), order()],
    'order-1',
    'lee',
    'it concerns customer kim only',
  ],
  [
    'only a part has shipped',
    [
      order('order-1', ['1', '2']),
      {
        service: 'ordering',
        command: 'shipLineItem',
        data: { orderId: 'order-1', lineItemId: '1' },
      } as const,
    ],
    'order-1',
    undefined,
    'a line item by itself is no news: order-complete comes once, when every one has shipped',
  ],
])('an event of which nobody is told says why: %s', async (_why, commands, id, customerId, words) => {
  const shop = await openShop();
  await shop.give(...commands);

  expect(await answer(shop, { id, ...(customerId !== undefined && { customerId }) })).toContain(
    `└─ ${words}`,
  );
});

test('one who has heard already is not told again because of another event', async () => {
  const shop = await openShop();
  await shop.give(order(), ship());
  const shipped = await shop.datastore.eventLog.find(await latestEventAbout(shop, 'order-1'));
  const again = { ...shipped, id: '019cb000-0000-7000-8000-000000000000' } as never;
  await shop.datastore.eventLog.append([again]);
  await shop.publish(again);

  expect(await answer(shop, { id: '019cb000-0000-7000-8000-000000000000' })).toContain(
    '└─ no notification of its own: the same had been told before',
  );
  expect(await answer(shop, { id: 'order-shipped:order-1:kim:sms' })).toContain(`   └─ sms: sent
      ├─ 12:00:00 sent: accepted by the provider
      │  receipt captured-`);
  expect(await answer(shop, { id: 'order-shipped:order-1:kim:sms' })).toContain(
    '      └─ 12:00:00 duplicate: was already sent',
  );
});

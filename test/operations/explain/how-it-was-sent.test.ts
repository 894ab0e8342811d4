import { expect, test } from 'vitest';
import { explain } from '../../../src/operations/explain/explain.ts';
import { answer, openShop, order, ship } from './a-shop.ts';

test('what was sent is followed to the receipt of the provider', async () => {
  const shop = await openShop();
  await shop.give(order());

  const text = await answer(shop, { id: 'order-1' });

  expect(text.replaceAll(/captured-\S+/g, '<receipt>')).toBe(`OrderStatusChanged order-1 new → placed
2026-03-02 12:00:00 UTC, event <event>
└─ order-confirmed to kim
   order-confirmed:order-1:kim
   ├─ email: sent
   │  └─ 12:00:00 sent: accepted by the provider
   │     receipt <receipt>
   └─ sms: sent
      └─ 12:00:00 sent: accepted by the provider
         receipt <receipt>

Asked 2 stores: event log, ledger.`);
});

test('a delivery that waits for the end of quiet hours says until when', async () => {
  const shop = await openShop({ quietHours: { start: '11:00', end: '07:00' } });
  await shop.give(order());

  expect(await answer(shop, { id: 'order-1' })).toContain(`   └─ sms: pending
      └─ 12:00:00 quiet_hours: waits until the customer's quiet hours end (until 2026-03-03 07:00:00)
         would have been sent at once if it had not fallen in the customer's quiet hours`);
});

test('a delivery that has waited shows both verdicts in order', async () => {
  const shop = await openShop({ quietHours: { start: '11:00', end: '13:00' } });
  await shop.give(order());
  await shop.finish();

  const text = await answer(shop, { id: 'order-confirmed:order-1:kim:sms' });

  expect(text).toContain(`   └─ sms: sent
      ├─ 12:00:00 quiet_hours: waits until the customer's quiet hours end (until 13:00:00)
      │  would have been sent at once if it had not fallen in the customer's quiet hours
      └─ 13:00:00 sent: accepted by the provider`);
});

test('the hundred-and-first message of a minute waits for the next one', async () => {
  const shop = await openShop();
  for (let number = 1; number <= 101; number++) await shop.give(order(`order-${number}`, [`${number}`]));

  expect(await answer(shop, { id: 'order-101' })).toContain(`   └─ sms: pending
      └─ 12:00:00 rate_limited: waits because the customer got too many messages at once (until 12:01:00)
         would have been sent at once if fewer messages had gone to the customer in that minute`);
});

test('an id may be of an event, an order, a customer, a payment, a notification or a delivery', async () => {
  const shop = await openShop();
  await shop.give(order(), {
    service: 'billing',
    command: 'failPayment',
    data: { paymentId: 'pay-1', orderId: 'order-1', reason: 'card_declined' },
  });
  const [placed] = await shop.datastore.eventLog.about('order-1');
  const deliveriesOf = async (id: string): Promise<string[]> => {
    const { kind, causes } = await explain(shop.datastore, { id });
    const notifications = causes.flatMap((cause) => cause.notifications);
    return [kind, ...notifications.flatMap(({ deliveries }) => deliveries.map((delivery) => delivery.id))];
  };

  const confirmed = ['order-confirmed:order-1:kim:email', 'order-confirmed:order-1:kim:sms'];
  const failed = ['payment-failed:pay-1:kim:email', 'payment-failed:pay-1:kim:sms'];
  expect(await deliveriesOf(placed?.id ?? '')).toEqual(['event', ...confirmed]);
  expect(await deliveriesOf('order-confirmed:order-1:kim')).toEqual(['notification', ...confirmed]);
  expect(await deliveriesOf('order-confirmed:order-1:kim:sms')).toEqual(['delivery', confirmed[1]]);
  expect(await deliveriesOf('pay-1')).toEqual(['payment', ...failed]);
  expect(await deliveriesOf('order-1')).toEqual(['order', ...confirmed, ...failed]);
  expect(await deliveriesOf('kim')).toEqual(['customer', 'welcome:kim:kim:email', ...confirmed, ...failed]);
});

test('only the latest is shown, and it is said that there is more', async () => {
  const shop = await openShop();
  await shop.give(order(), ship());

  const text = await answer(shop, { id: 'kim', limit: 1 });

  expect(text).toContain('The latest of customer kim; earlier notifications left out: 2 (--limit).');
  expect(text.match(/ to kim/g)).toHaveLength(1);
  expect(text).toContain('order-shipped to kim');
});

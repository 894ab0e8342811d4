import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { captureUnsubscribeSecret } from '../../../src/delivery/index.ts';
import { unsubscribe } from '../../../src/operations/unsubscribe/index.ts';
import { createWorld } from '../../../src/shop/index.ts';
import { rejectionOf } from '../../support/rejection.ts';

const secrets = [captureUnsubscribeSecret];

describe('one click on a mail about a price', () => {
  it('ends those mails, and nothing else', async () => {
    const shop = await openShop();
    await shop.priceFallsTo(900);
    const { token, post } = await shop.linkInLatestMail();
    expect(post).toBe('List-Unsubscribe=One-Click');

    const said = await unsubscribe({ ...shop.settings, token, secrets });
    await shop.priceFallsTo(800);
    await shop.order();

    expect(said).toEqual({ customerId: 'kim', category: 'price_alerts', isNew: true });
    expect(await shop.mailEnds()).toEqual([
      'welcome sent',
      'price-drop sent',
      'price-drop opted_out',
      'order-confirmed sent',
    ]);
  });

  it('may come twice', async () => {
    const shop = await openShop();
    await shop.priceFallsTo(900);
    const { token } = await shop.linkInLatestMail();
    await unsubscribe({ ...shop.settings, token, secrets });

    const again = await unsubscribe({
      ...shop.settings,
      token,
      secrets: ['a newer one', ...secrets],
    });

    expect(again.isNew).toBe(false);
  });

  it('keeps what else the customer has chosen', async () => {
    const shop = await openShop();
    await shop.priceFallsTo(900);

    await unsubscribe({ ...shop.settings, token: (await shop.linkInLatestMail()).token, secrets });

    expect((await shop.datastore.customers.find('kim'))?.preferences).toEqual({
      order_updates: { sms: true },
      price_alerts: { sms: true, email: false },
    });
  });
});

it('no other mail has such a link', async () => {
  const shop = await openShop();
  await shop.order();

  for (const mail of shop.outboxes.email.all()) expect(await mail.mime()).not.toContain('List-Unsubscribe');
});

it.each([
  ['of another shop', (token: string) => token, ['somebody else']],
  ['that was cut off', (token: string) => token.slice(0, -1), secrets],
  ['for somebody else', (token: string) => withSaid(token, ['lee', 'price_alerts']), secrets],
  ['for mails that cannot be left', (token: string) => withSaid(token, ['kim', 'order_updates']), secrets],
  ['of no sense', () => 'x'.repeat(1000), secrets],
  ['that is empty', () => '', secrets],
])('a link %s changes nothing', async (_, change, known) => {
  const shop = await openShop();
  await shop.priceFallsTo(900);
  const { token } = await shop.linkInLatestMail();

  const thrown = await rejectionOf(() =>
    unsubscribe({ ...shop.settings, token: change(token), secrets: known }),
  );

  expect(thrown).toMatchObject({ code: 'invalid_unsubscribe_link' });
  expect((await shop.datastore.customers.find('kim'))?.preferences.price_alerts).toEqual({ sms: true });
});

const withSaid = (token: string, said: readonly string[]): string =>
  `${Buffer.from(JSON.stringify(said)).toString('base64url')}.${token.split('.')[1]}`;

async function openShop() {
  const world = createWorld({ startMs: Date.parse('2026-03-02T10:00:00Z') });
  await world.architecture.start();
  const { accounts, pricing, ordering } = world.architecture.services;
  await pricing.addProduct({ productId: 'bell', name: 'Bell', price: { amount: 1000, currency: 'EUR' } });
  await accounts.registerCustomer({
    customerId: 'kim',
    name: 'Kim',
    email: 'kim@example.com',
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: { order_updates: { sms: true }, price_alerts: { sms: true } },
  });
  await ordering.addCartItem({ customerId: 'kim', productId: 'bell', quantity: 1 });
  return {
    ...world,
    settings: { datastore: world.datastore, accounts },
    async priceFallsTo(amount: number) {
      await pricing.updatePrice({ productId: 'bell', price: { amount, currency: 'EUR' } });
      await world.architecture.settle();
    },
    async order() {
      const lineItems = [{ lineItemId: 'o1-1', productId: 'bell', quantity: 1 }];
      await ordering.placeOrder({ orderId: 'o1', customerId: 'kim', lineItems });
      await world.architecture.settle();
    },
    async linkInLatestMail() {
      const { headers } = await PostalMime.parse((await world.outboxes.email.all().at(-1)?.mime()) ?? '');
      const header = (key: string) => headers.find((each) => each.key === key)?.value ?? '';
      const url = new URL(header('list-unsubscribe').slice(1, -1));
      return { token: url.searchParams.get('token') ?? '', post: header('list-unsubscribe-post') };
    },
    async mailEnds() {
      const ends: string[] = [];
      for await (const page of world.datastore.ledger.pages(100))
        for (const { notification, delivery } of page)
          if (delivery.channel === 'email') ends.push(`${notification.type} ${delivery.reason}`);
      return ends;
    },
  };
}

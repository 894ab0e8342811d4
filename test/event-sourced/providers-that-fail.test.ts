import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../src/events/index.ts';
import { moodyChannel, slowChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { kim, openShop, openShopWithOrder, placeOrder } from '../support/open-shop.ts';
import { minuteMs, noonMs } from '../support/requests.ts';
import { until } from '../support/until.ts';

const refusal = new ChannelError('permanent', { message: 'no' });

/** What those who run the shop hear. */
function listen(shop: Awaited<ReturnType<typeof openShop>>): MessageOf<ShopEvents, 'DeadLetterAdded'>[] {
  const heard: MessageOf<ShopEvents, 'DeadLetterAdded'>[] = [];
  shop.bus.subscribe({
    name: 'operations',
    handles: ['DeadLetterAdded'],
    handle: async (event) => void heard.push(event),
  });
  return heard;
}

describe('a provider that stalls', () => {
  it('holds up neither the bus nor the mails of anything that happens after', async () => {
    const sms = slowChannel('sms');
    const email = moodyChannel('email');
    const shop = await openShop({ channels: [email, sms] });
    await shop.accounts.registerCustomer(kim());
    await shop.pricing.addProduct({
      productId: 'helmet',
      name: 'Helmet',
      price: { amount: 1, currency: 'USD' },
    });

    for (const orderId of ['order-1', 'order-2', 'order-3']) {
      await placeOrder(shop, orderId);
      await shop.ordering.shipOrder({ orderId });
    }
    await shop.bus.settle();
    await until(() => email.taken.length === 7);

    // Of each order the first text is under way, and the second waits for its turn behind it.
    expect(sms.asked).toHaveLength(3);
    sms.answer();
    await until(() => sms.asked.length === 6);
    sms.answer();
    await shop.settle();
    expect(await shop.datastore.ledger.counts()).toMatchObject({ requested: 13, sent: 13 });
  });

  it('does not hold up the service that publishes', async () => {
    const shop = await openShop({ channels: [slowChannel('email')] });

    await shop.accounts.registerCustomer(kim());

    expect(await shop.datastore.customers.find('kim')).toBeDefined();
  });
});

describe('a delivery that is given up', () => {
  it('is announced to those who run the shop, once, with what they need to find it', async () => {
    const shop = await openShopWithOrder(1, { channels: [moodyChannel('sms', refusal)] });
    await shop.settle();
    const heard = listen(shop);

    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();

    expect(heard.map(({ data }) => data)).toEqual([
      {
        deadLetterId: 'order-shipped:order-1:kim:sms',
        kind: 'delivery',
        what: 'order-shipped',
        where: 'sms',
        reason: 'rejected',
        attempts: 1,
      },
    ]);
  });

  it('is announced as a consequence of its cause, in the event log too', async () => {
    const shop = await openShopWithOrder(1, { channels: [moodyChannel('sms', refusal)] });
    const heard = listen(shop);
    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();

    const shipped = (await shop.datastore.eventLog.about('order-1')).at(-1);
    expect(heard).toMatchObject([{ causationId: shipped?.id, correlationId: shipped?.correlationId }]);
    expect(await shop.datastore.eventLog.about('order-shipped:order-1:kim:sms')).toEqual(heard);
  });

  it('leads to nothing more when those who hear of it fail', async () => {
    const shop = await openShopWithOrder(1, { channels: [moodyChannel('sms', refusal)] });
    shop.bus.subscribe({
      name: 'operations',
      handles: ['DeadLetterAdded'],
      handle: async () => {
        throw new Error('nobody is there');
      },
    });

    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();

    expect(await ledgerLines(shop.datastore)).toContain('order-shipped kim sms dead_lettered rejected');
  });

  it('is given up although the bus is closed: the log says that nobody was told', async () => {
    const sms = moodyChannel('sms', new ChannelError('transient', { message: 'not now' }));
    const shop = await openShopWithOrder(1, { channels: [sms] });
    await shop.settle();
    await shop.bus.close();

    await shop.advanceTo(noonMs + 60 * minuteMs);

    expect(await ledgerLines(shop.datastore)).toContain(
      'order-confirmed kim sms dead_lettered attempts_exhausted',
    );
    expect(shop.logged.join()).toContain('a dead letter could not be announced');
  });
});

it('stopping announces what it still gives up, and nothing after that', async () => {
  const email = slowChannel('email');
  const shop = await openShop({ channels: [email] });
  const heard = listen(shop);
  await shop.accounts.registerCustomer(kim());
  await until(() => email.asked.length === 1);
  const { send } = email;
  email.send = async (message, context) => {
    await send(message, context);
    throw refusal;
  };
  await shop.accounts.registerCustomer(kim({ customerId: 'lee' }));
  await until(() => email.asked.length === 2);

  const stopping = shop.architecture.stop();
  email.answer();
  await stopping;
  await shop.bus.close();

  expect(heard.map(({ data }) => data.deadLetterId)).toEqual(['welcome:lee:lee:email']);
});

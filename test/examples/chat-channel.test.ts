import { expect, it } from 'vitest';
import { chatChannel } from '../../examples/chat-channel.ts';
import { createWorld } from '../../src/shop/index.ts';
import { ledgerLines } from '../support/ledger.ts';
import { kim } from '../support/open-shop.ts';
import { noonMs } from '../support/requests.ts';

it('an added channel carries whatever its customers switched on for it', async () => {
  const chat = chatChannel();
  const world = createWorld({ startMs: noonMs, channels: [chat] });
  await world.architecture.start();
  const { accounts, ordering, pricing } = world.architecture.services;
  const preferences = { order_updates: { chat: true } };
  await accounts.registerCustomer(kim({ addresses: { chat: '@kim' }, preferences }));
  await accounts.registerCustomer(kim({ customerId: 'lee', preferences }));
  await pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: { amount: 3499, currency: 'USD' } });
  for (const customerId of ['kim', 'lee']) {
    const lineItems = [{ lineItemId: '1', productId: 'helmet', quantity: 1 }];
    await ordering.placeOrder({ orderId: `order-of-${customerId}`, customerId, lineItems });
  }
  await world.finish();

  expect(chat.outbox.all()).toMatchObject([{ to: '@kim', text: expect.stringContaining('order-of-kim') }]);
  const lines = await ledgerLines(world.datastore);
  expect(lines.filter((line) => line.includes(' chat '))).toEqual(['order-confirmed kim chat sent sent']);
  await world.close();
});

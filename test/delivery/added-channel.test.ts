import { expect, it } from 'vitest';
import { chatChannel } from '../../examples/chat-channel.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';

it('a channel beside email and sms is tried only where the customer has an address for it', async () => {
  const chat = chatChannel();
  const customers = [aCustomer(), aCustomer({ id: 'lee', addresses: { chat: '@lee' } })];
  const { request, datastore } = await openPostOffice({ customers, channels: [chat] });

  await request(aRequest());
  await request(aRequest({ customerId: 'lee' }));

  const lines = await ledgerLines(datastore);
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => line.includes(' chat '))).toEqual(['order-shipped lee chat sent sent']);
  expect(chat.outbox.all()).toMatchObject([{ to: '@lee', deliveryId: 'order-shipped:order-1:lee:chat' }]);
});

it('such a channel is off until the customer switches it on', async () => {
  const customers = [aCustomer({ addresses: { chat: '@kim' }, preferences: {} })];
  const { request, datastore } = await openPostOffice({ customers, channels: [chatChannel()] });

  await request(aRequest());

  expect(await ledgerLines(datastore)).toContain('order-shipped kim chat skipped opted_out');
});

it('quiet hours do not hold it back', async () => {
  const quietHours = { start: '00:00', end: '23:59' };
  const customers = [aCustomer({ addresses: { chat: '@kim' }, quietHours })];
  const { request, datastore } = await openPostOffice({ customers, channels: [chatChannel()] });

  await request(aRequest());

  const lines = await ledgerLines(datastore);
  expect(lines).toContain('order-shipped kim chat sent sent');
  expect(lines).toContain('order-shipped kim sms pending quiet_hours');
});

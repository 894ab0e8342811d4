import { expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { failingChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, noonMs } from '../support/requests.ts';

const privateTexts = ['kim@example.com', '15550100', 'Kim Lund', '@kim-in-chat', 'on its way', 'Helmet'];

it.each([
  [
    'refuses and quotes the mail',
    new ChannelError('permanent', { message: '550 <kim@example.com> on its way' }),
  ],
  ['is down', new ChannelError('transient', { message: 'could not reach kim@example.com' })],
  ['breaks off', new Error('Kim Lund +15550100')],
  ['throws a text', 'kim@example.com'],
])('a provider that %s leaves the id and the reason in the log, and nothing private', async (_, error) => {
  const channels = [failingChannel('email', error), failingChannel('sms', error)];
  const { request, logged } = await openPostOffice({ channels });

  await request(aRequest());

  expect(logged).toHaveLength(2);
  expect(logged.join()).toContain('order-shipped:order-1:kim:email');
  for (const text of privateTexts) expect(logged.join()).not.toContain(text);
});

it('a line of a channel that fails is named once, however many messages come there', async () => {
  const { request, logged, finish } = await openPostOffice({
    channels: [failingChannel('sms', new TypeError('Kim Lund is not iterable'))],
  });

  for (const about of ['order-1', 'order-2', 'order-3']) await request(aRequest({ about }));
  await finish();

  const ofDefects = logged.filter((line) => line.includes('own code fails'));
  expect(ofDefects).toHaveLength(1);
  expect(ofDefects[0]).toMatch(/TypeError at what-the-log-says\.test\.ts:\d+:\d+/);
  expect(logged).toHaveLength(4);
  for (const text of privateTexts) expect(logged.join()).not.toContain(text);
});

it('a whole day leaves nothing private in the log', async () => {
  const kim = aCustomer({ quietHours: atNight, addresses: { chat: '@kim-in-chat' } });
  const { request, finish, logged, datastore } = await openPostOffice({ customers: [kim] });
  await request(aRequest());
  await request(aRequest({ about: 'order-2', variables: {} }));
  await request(aRequest({ type: 'price-drop', about: 'price-1', occurredAtMs: 0 }));
  await datastore.suppressions.add({ address: 'kim@example.com', reason: 'bounced', sinceMs: noonMs });
  await request(aRequest({ type: 'payment-failed' }));
  await finish();

  expect(logged.length).toBeGreaterThan(0);
  for (const text of privateTexts) expect(logged.join()).not.toContain(text);
});

it('what goes well leaves nothing in the log', async () => {
  const { request, logged } = await openPostOffice();

  await request(aRequest());

  expect(logged).toEqual([]);
});

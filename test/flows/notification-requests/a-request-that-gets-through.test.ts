import { expect, test } from 'vitest';
import { aCustomer, atNight } from '../../support/customers.ts';
import { aRequestPipeline } from './a-request-pipeline.ts';

test('a request is validated, routed, sent and put on record', async () => {
  const { submit, settle, types } = await aRequestPipeline();

  await submit();
  await settle();

  expect(types()).toEqual([
    'NotificationSubmitted',
    'NotificationValidated',
    'DeliveryRouted',
    'DeliverySent',
    'DeliveryCompleted',
  ]);
});

test('it is sent on each of its channels, once', async () => {
  const { submit, settle, emails, texts, pushes, webhooks } = await aRequestPipeline();

  await submit({ channels: ['sms', 'email', 'push', 'webhook', 'sms'] });
  await settle();

  expect([emails.count, texts.count, pushes.count, webhooks.count]).toEqual([1, 1, 1, 1]);
});

test('what is sent is a real message, addressed to the user', async () => {
  const { submit, settle, emails, texts, pushes, webhooks } = await aRequestPipeline();

  const requestId = await submit({ channels: ['sms', 'email', 'push', 'webhook'] });
  await settle();

  expect(emails.all()).toMatchObject([
    {
      deliveryId: `own-text:${requestId}/email:kim:email`,
      to: 'kim@example.com',
      toName: 'Kim Lund',
      subject: 'Your order shipped!',
      text: expect.stringMatching(/^Hello Kim Lund,\n\nYour order shipped!\n\nKind regards,\n/),
    },
  ]);
  expect(texts.all()).toMatchObject([
    { to: '+15550100', text: 'Hill & Valley Cycles: Your order shipped!', segments: 1 },
  ]);
  expect(pushes.all()).toMatchObject([
    { to: 'device-1', title: 'Hill & Valley Cycles', text: 'Your order shipped!' },
  ]);
  expect(webhooks.all()).toMatchObject([
    { url: 'https://hooks.example.com/kim', text: 'Your order shipped!', method: 'POST' },
  ]);
});

test('a user is greeted in the own language', async () => {
  const { submit, settle, emails } = await aRequestPipeline({ customers: [aCustomer({ locale: 'de-AT' })] });

  await submit();
  await settle();

  expect(emails.all()[0]?.text).toContain('Guten Tag Kim Lund,');
});

test('a message is text: markup in it is shown, and line breaks add no header', async () => {
  const { submit, settle, emails } = await aRequestPipeline();

  await submit({ message: '<b>Big</b> news\r\nBcc: everybody@example.com' });
  await settle();

  const [mail] = emails.all();
  expect(mail?.html).toContain('&lt;b&gt;Big&lt;/b&gt; news');
  expect(mail?.subject).toBe('<b>Big</b> news Bcc: everybody@example.com');
  expect(mail?.text).toContain('<b>Big</b> news\nBcc: everybody@example.com');
});

test('a long message has a short subject', async () => {
  const { submit, settle, emails } = await aRequestPipeline();

  await submit({ message: 'long '.repeat(100) });
  await settle();

  expect(emails.all()[0]?.subject).toHaveLength(60);
});

test('who asks has decided: neither preferences nor quiet hours hold it back', async () => {
  const asleep = aCustomer({ preferences: { order_updates: { sms: false } }, quietHours: atNight });
  const { submit, settle, clock, texts } = await aRequestPipeline({ customers: [asleep] });
  await clock.advanceTo(Date.parse('2026-03-02T23:30:00Z'), settle);

  await submit({ channels: ['sms'], priority: 'low' });
  await settle();

  expect(texts.count).toBe(1);
});

test('every delivery is put on record', async () => {
  const { submit, settle, audit } = await aRequestPipeline();

  const requestId = await submit({ channels: ['email', 'sms'] });
  await settle();

  const record = { requestId, userId: 'kim', outcome: 'sent', reason: 'sent', attempts: 1 };
  const time = '2026-03-02T10:00:00.000Z';
  expect(audit).toEqual([
    { ...record, channel: 'email', time },
    { ...record, channel: 'sms', time },
  ]);
});

test('a channel without an address, and one whose address must not be used, are skipped', async () => {
  const { submit, settle, datastore, audit, emails } = await aRequestPipeline({
    customers: [aCustomer({ phone: null })],
  });
  await datastore.suppressions.add({ address: 'kim@example.com', reason: 'bounced', sinceMs: 0 });

  await submit({ channels: ['email', 'sms'] });
  await settle();

  expect(emails.count).toBe(0);
  expect(audit.map(({ channel, outcome, reason }) => `${channel} ${outcome} ${reason}`)).toEqual([
    'email skipped suppressed',
    'sms skipped no_contact',
  ]);
});

test('the log knows ids and codes, and neither the message nor any address', async () => {
  const { submit, settle, logged } = await aRequestPipeline();

  await submit({ channels: ['email', 'sms'], message: 'The code is 1234.' });
  await settle();

  expect(logged.length).toBeGreaterThan(5);
  for (const line of logged) expect(line).not.toMatch(/1234|kim@example|5550100/);
});

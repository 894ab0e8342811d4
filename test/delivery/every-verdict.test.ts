import { describe, expect, it } from 'vitest';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, noonMs } from '../support/requests.ts';

describe('a delivery that is skipped', () => {
  it.each([
    ['segment_not_eligible', { segment: 'silver' }, { type: 'price-drop' }],
    ['no_contact', { phone: null }, {}],
    ['opted_out', { preferences: {} }, {}],
    ['expired', {}, { type: 'price-drop', occurredAtMs: noonMs - 25 * hourMs }],
  ] as const)('stands in the ledger with its reason: %s', async (reason, differences, request) => {
    const { request: ask, datastore, texts } = await openPostOffice({ customers: [aCustomer(differences)] });
    const notification = aRequest(request);

    await ask(notification);

    expect(await ledgerLines(datastore)).toContain(`${notification.type} kim sms skipped ${reason}`);
    expect(texts.all()).toEqual([]);
  });

  it('stands there as suppressed when its address bounced', async () => {
    const { request, datastore, texts } = await openPostOffice();
    await datastore.suppressions.add({ address: '+15550100', reason: 'bounced', sinceMs: noonMs });

    await request(aRequest());

    expect(await ledgerLines(datastore)).toEqual([
      'order-shipped kim email sent sent',
      'order-shipped kim sms skipped suppressed',
    ]);
    expect(texts.all()).toEqual([]);
  });

  it('was settled at that moment, and no provider was asked', async () => {
    const { request, datastore } = await openPostOffice({ customers: [aCustomer({ phone: null })] });

    await request(aRequest());

    const [entry] = await datastore.ledger.find('customerId', 'kim');
    const sms = entry?.deliveries.find(({ channel }) => channel === 'sms');
    expect(sms).toMatchObject({ settledAtMs: noonMs, attempts: 0, receipt: null, dueAtMs: null });
  });
});

describe('a delivery that is sent', () => {
  it('stands in the ledger with the receipt of its provider', async () => {
    const { request, datastore, emails } = await openPostOffice();
    const notification = aRequest();

    await request(notification);

    const [entry] = await datastore.ledger.find('id', notification.id);
    const email = entry?.deliveries.find(({ channel }) => channel === 'email');
    expect(email).toMatchObject({ status: 'sent', reason: 'sent', attempts: 1, settledAtMs: noonMs });
    expect(email?.receipt).toMatch(/\S/);
    expect(emails.find(`${notification.id}:email`)).toMatchObject({
      to: 'kim@example.com',
      toName: 'Kim Lund',
    });
  });

  it('speaks the language of its customer', async () => {
    const { request, emails, texts } = await openPostOffice({ customers: [aCustomer({ locale: 'de-AT' })] });

    await request(aRequest());

    expect(emails.all()[0]?.subject).toBe('Ihre Bestellung order-1 ist unterwegs');
    expect(texts.all()[0]?.text).toContain('Ihre Bestellung order-1');
  });
});

describe('a welcome', () => {
  it('is for email only', async () => {
    const { request, datastore } = await openPostOffice();

    await request(aRequest({ type: 'welcome', about: 'kim' }));

    expect(await ledgerLines(datastore)).toEqual(['welcome kim email sent sent']);
  });

  it('cannot be switched off', async () => {
    const against = { account: { email: false } };
    const { request, datastore } = await openPostOffice({ customers: [aCustomer({ preferences: against })] });

    await request(aRequest({ type: 'welcome', about: 'kim' }));

    expect(await ledgerLines(datastore)).toEqual(['welcome kim email sent sent']);
  });
});

it('a delivery in quiet hours waits in the ledger, with a verdict that says until when', async () => {
  const night = Date.parse('2026-03-02T23:30:00.000Z');
  const customers = [aCustomer({ quietHours: atNight })];
  const { request, datastore } = await openPostOffice({ customers, nowMs: night });
  const notification = aRequest({ occurredAtMs: night });

  await request(notification);

  expect(await ledgerLines(datastore)).toContain('order-shipped kim sms pending quiet_hours');
  expect(await passingVerdicts(datastore, notification.id)).toEqual(['sms quiet_hours']);
  expect(await datastore.ledger.nextDueMs('sms')).toBe(Date.parse('2026-03-03T07:00:00.000Z'));
});

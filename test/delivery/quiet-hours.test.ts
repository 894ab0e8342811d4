import { expect, it } from 'vitest';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs } from '../support/requests.ts';

const lateMs = Date.parse('2026-03-02T23:30:00.000Z');
const morningMs = Date.parse('2026-03-03T07:00:00.000Z');
const sleeper = aCustomer({ quietHours: atNight });

const openAtNight = () => openPostOffice({ customers: [sleeper], nowMs: lateMs });

it('an SMS in quiet hours is delivered at their end, to the minute', async () => {
  const office = await openAtNight();
  await office.request(aRequest());

  await office.advanceTo(morningMs - 1);
  expect(office.texts.all()).toEqual([]);

  await office.advanceTo(morningMs);
  expect(office.texts.all()).toHaveLength(1);
  const [entry] = await office.datastore.ledger.find('customerId', 'kim');
  const sms = entry?.deliveries.find(({ channel }) => channel === 'sms');
  expect(sms).toMatchObject({ status: 'sent', settledAtMs: morningMs, dueAtMs: null });
});

it('an email does not wait', async () => {
  const office = await openAtNight();

  await office.request(aRequest());

  expect(office.emails.all()).toHaveLength(1);
});

it('a failed payment does not wait', async () => {
  const office = await openAtNight();

  await office.request(aRequest({ type: 'payment-failed' }));

  expect(office.texts.all()).toHaveLength(1);
});

it('quiet hours end where the customer lives', async () => {
  const far = aCustomer({ quietHours: atNight, timeZone: 'Asia/Tokyo' });
  const tokyoMidnightMs = Date.parse('2026-03-02T15:00:00.000Z');
  const office = await openPostOffice({ customers: [far], nowMs: tokyoMidnightMs });
  await office.request(aRequest());

  await office.finish();

  expect(office.clock.now()).toBe(Date.parse('2026-03-02T22:00:00.000Z'));
  expect(office.texts.all()).toHaveLength(1);
});

it('each of many sleepers is woken in their own morning', async () => {
  const zones = ['Asia/Tokyo', 'Europe/Berlin', 'Europe/London'];
  const customers = zones.map((timeZone) => aCustomer({ id: timeZone, timeZone, quietHours: atNight }));
  const nowMs = Date.parse('2026-03-02T21:30:00.000Z');
  const office = await openPostOffice({ customers, nowMs });
  for (const { id } of customers) await office.request(aRequest({ customerId: id }));
  // Half past nine in London is no quiet hour yet.
  expect(office.texts.all()).toHaveLength(1);

  await office.finish();

  const arrivals = office.decisions.filter(({ channel, status }) => channel === 'sms' && status === 'sent');
  expect(
    arrivals.map(({ notification, atMs }) => [notification.customerId, new Date(atMs).toISOString()]),
  ).toEqual([
    ['Europe/London', '2026-03-02T21:30:00.000Z'],
    ['Asia/Tokyo', '2026-03-02T22:00:00.000Z'],
    ['Europe/Berlin', '2026-03-03T06:00:00.000Z'],
  ]);
});

it('what has waited is judged again when its turn comes', async () => {
  const office = await openAtNight();
  const notification = aRequest();
  await office.request(notification);
  await office.datastore.suppressions.add({ address: '+15550100', reason: 'unsubscribed', sinceMs: lateMs });

  await office.finish();

  expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms skipped suppressed');
  expect(await passingVerdicts(office.datastore, notification.id)).toEqual(['sms quiet_hours']);
});

it('a price drop that has waited for a day and more is not worth sending', async () => {
  const allDay = aCustomer({ quietHours: { start: '07:01', end: '07:00' } });
  const office = await openPostOffice({ customers: [allDay], nowMs: morningMs + minuteMs });
  const occurredAtMs = morningMs - minuteMs;
  await office.request(aRequest({ type: 'price-drop', about: 'price-change-1', occurredAtMs }));

  await office.finish();

  expect(await ledgerLines(office.datastore)).toContain('price-drop kim sms skipped expired');
});

it('asked for again while it waits, it still goes out once', async () => {
  const office = await openAtNight();
  await office.request(aRequest());
  await office.request(aRequest());

  await office.finish();

  expect(office.texts.all()).toHaveLength(1);
  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2, pending: 0 });
});

it('a service that has stopped sends nothing in the morning', async () => {
  const office = await openAtNight();
  await office.request(aRequest());

  await office.delivery.stop();
  await office.finish();

  expect(office.texts.all()).toEqual([]);
  expect(await office.datastore.ledger.counts()).toMatchObject({ pending: 1 });
});

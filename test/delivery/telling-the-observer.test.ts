import { expect, it } from 'vitest';
import { aCustomer, atNight } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, noonMs } from '../support/requests.ts';

it('the observer hears of every verdict, and how the delivery stands after it', async () => {
  const { request, decisions } = await openPostOffice({ customers: [aCustomer({ phone: null })] });

  await request(aRequest());

  const notification = { ...aRequest(), requestedAtMs: noonMs };
  const common = { notification, atMs: noonMs, untilMs: null };
  expect(decisions).toHaveLength(2);
  expect(decisions).toContainEqual({ ...common, channel: 'email', reason: 'sent', status: 'sent' });
  expect(decisions).toContainEqual({ ...common, channel: 'sms', reason: 'no_contact', status: 'skipped' });
});

it('the observer hears until when a delivery waits', async () => {
  const nowMs = Date.parse('2026-03-02T23:30:00.000Z');
  const { request, decisions } = await openPostOffice({
    customers: [aCustomer({ quietHours: atNight })],
    nowMs,
  });

  await request(aRequest());

  const sms = decisions.find(({ channel }) => channel === 'sms');
  expect(sms).toMatchObject({ reason: 'quiet_hours', status: 'pending', untilMs: nowMs + 7.5 * 3_600_000 });
});

it('what the observer hears is in the ledger by then', async () => {
  const inLedger: Promise<unknown>[] = [];
  const office = await openPostOffice({
    onDecision: ({ notification, channel }) => {
      const entry = office.datastore.ledger.find('id', notification.id);
      inLedger.push(
        entry.then(([it]) => it?.deliveries.find((delivery) => delivery.channel === channel)?.status),
      );
    },
  });

  await office.request(aRequest());

  expect(await Promise.all(inLedger)).toEqual(['sent', 'sent']);
});

it('what the observer hears of what waited is as complete as the request was', async () => {
  const nowMs = Date.parse('2026-03-02T23:30:00.000Z');
  const office = await openPostOffice({ customers: [aCustomer({ quietHours: atNight })], nowMs });
  await office.request(aRequest());

  await office.finish();

  expect(office.decisions.at(-1)?.notification).toMatchObject({ ...aRequest() });
});

it('an observer that throws is logged, and changes nothing', async () => {
  const office = await openPostOffice({
    onDecision: () => {
      throw new Error('the screen is gone');
    },
  });

  await office.request(aRequest());

  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 2, pending: 0 });
  expect(office.logged).toHaveLength(2);
  expect(office.logged[0]).toContain('the screen is gone');
});

import { expect, it } from 'vitest';
import { aCustomer, atNight } from '../support/customers.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs, secondMs } from '../support/requests.ts';
import { until } from '../support/until.ts';

async function ship({ request }: PostOffice, orders: number, customerId = 'kim'): Promise<void> {
  const ids = Array.from({ length: orders }, (_, index) => `order-${index}`);
  await Promise.all(ids.map((about) => request(aRequest({ about, customerId }))));
}

it('the hundred-and-first message of a minute waits for the next', async () => {
  const office = await openPostOffice({ nowMs: noonMs + 20 * secondMs });
  await ship(office, 101);

  expect(office.texts.all()).toHaveLength(100);
  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 202, sent: 200, pending: 2 });

  await office.advanceTo(noonMs + minuteMs - 1);
  expect(office.texts.all()).toHaveLength(100);

  await office.advanceTo(noonMs + minuteMs);
  expect(office.texts.all()).toHaveLength(101);
});

it('every one of a flood arrives, a hundred a minute, and then nothing waits', async () => {
  const office = await openPostOffice();
  await ship(office, 350);

  await office.finish();

  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 700, sent: 700, pending: 0 });
  expect(new Set(office.texts.all().map(({ deliveryId }) => deliveryId)).size).toBe(350);
  expect(perMinute(office)).toEqual({ '12:00': 100, '12:01': 100, '12:02': 100, '12:03': 50 });
});

it('a failed payment passes', async () => {
  const office = await openPostOffice();
  await ship(office, 101);

  await office.request(aRequest({ type: 'payment-failed', about: 'payment-1' }));

  const last = office.decisions.at(-1);
  expect([last?.notification.type, last?.status]).toEqual(['payment-failed', 'sent']);
  expect(office.texts.all()).toHaveLength(101);
});

it('the limit of one customer is no other’s', async () => {
  const office = await openPostOffice({ customers: [aCustomer(), aCustomer({ id: 'lee' })] });
  await ship(office, 100, 'kim');

  await ship(office, 100, 'lee');

  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 400, sent: 400 });
});

it('what is skipped takes no place', async () => {
  const office = await openPostOffice();
  const old = { type: 'price-drop', occurredAtMs: 0 } as const;
  for (let count = 1; count <= 100; count++)
    await office.request(aRequest({ ...old, about: `price-${count}` }));

  await ship(office, 100);

  expect(await office.datastore.ledger.counts()).toMatchObject({ skipped: 200, sent: 200, pending: 0 });
});

it('a morning after a busy night keeps to the limit as well', async () => {
  const nowMs = Date.parse('2026-03-02T23:30:00.000Z');
  const office = await openPostOffice({ customers: [aCustomer({ quietHours: atNight })], nowMs });
  await ship(office, 150);

  await office.finish();

  expect(office.texts.all()).toHaveLength(150);
  expect(perMinute(office)).toEqual({ '07:00': 100, '07:01': 50 });
});

it('a service that is stopped in the middle of a flood finishes what is in hand, and leaves the rest', async () => {
  const office = await openPostOffice();
  await ship(office, 250);
  await office.clock.advanceTo(noonMs + minuteMs, async () => {});
  await until(() => office.texts.all().length > 100);

  await office.delivery.stop();
  await office.finish();

  expect(office.texts.all()).toHaveLength(200);
  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 400, pending: 100 });
});

/** Time of day → how many SMS went out. */
function perMinute({ decisions }: PostOffice): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { channel, status, atMs } of decisions) {
    if (channel !== 'sms' || status !== 'sent') continue;
    const minute = new Date(atMs).toISOString().slice(11, 16);
    counts[minute] = (counts[minute] ?? 0) + 1;
  }
  return counts;
}

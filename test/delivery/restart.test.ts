import { expect, it } from 'vitest';
import { slowChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { until } from '../support/until.ts';

const lateMs = Date.parse('2026-03-02T23:30:00.000Z');
const morningMs = Date.parse('2026-03-03T07:00:00.000Z');
const customers = [aCustomer({ quietHours: atNight })];

it('what waited for the morning is delivered by the process that is there in the morning', async () => {
  const file = temporaryFile('shop.db');
  const evening = await openPostOffice({ file, customers, nowMs: lateMs });
  await evening.request(aRequest());
  await evening.close();

  const night = await openPostOffice({ file, customers, nowMs: lateMs + hourMs });
  await night.advanceTo(morningMs - 1);
  expect(night.texts.all()).toEqual([]);
  await night.advanceTo(morningMs);

  expect(night.texts.all()).toMatchObject([{ deliveryId: 'order-shipped:order-1:kim:sms' }]);
  expect(await night.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2, pending: 0 });
  await night.close();
});

it('what became due while nobody was there is delivered at the start', async () => {
  const file = temporaryFile('shop.db');
  const evening = await openPostOffice({ file, customers, nowMs: lateMs });
  await evening.request(aRequest());
  await evening.close();

  const noon = await openPostOffice({ file, customers, nowMs: morningMs + 5 * hourMs });
  await noon.settle();

  expect(noon.texts.all()).toHaveLength(1);
  expect(await noon.datastore.ledger.counts()).toMatchObject({ sent: 2, pending: 0 });
  await noon.close();
});

it('what was in hand when the process died is sent again, under the same id', async () => {
  const file = temporaryFile('shop.db');
  const sms = slowChannel('sms');
  const first = await openPostOffice({ file, channels: [sms] });
  void first.request(aRequest());
  // As many as are asked at once at first; the others wait in memory, and the last hundred in the ledger.
  await until(() => first.decisions.length === 1 && sms.asked.length === 1);
  await first.datastore.close();

  const second = await openPostOffice({ file, nowMs: noonMs + minuteMs });
  await second.settle();

  expect(second.texts.all().map(({ deliveryId }) => deliveryId)).toEqual(sms.asked);
  expect(await ledgerLines(second.datastore)).toEqual([
    'order-shipped kim email sent sent',
    'order-shipped kim sms sent sent',
  ]);
  await second.close();
});

it('what was sent before is still a duplicate', async () => {
  const file = temporaryFile('shop.db');
  const first = await openPostOffice({ file });
  await first.request(aRequest());
  await first.close();

  const second = await openPostOffice({ file });
  await second.request(aRequest());

  expect([...second.emails.all(), ...second.texts.all()]).toEqual([]);
  expect(second.decisions.map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate']);
  await second.close();
});

it('more than a page of interrupted deliveries are all taken up, and those that had not been in hand', async () => {
  const file = temporaryFile('shop.db');
  const sms = slowChannel('sms');
  const many = Array.from({ length: 1100 }, (_, index) => aCustomer({ id: `customer-${index}` }));
  const first = await openPostOffice({ file, customers: many, channels: [sms] });
  for (const { id } of many) void first.request(aRequest({ customerId: id }));
  await until(() => first.decisions.length === 1100 && sms.asked.length === 128);
  await first.datastore.close();

  const second = await openPostOffice({ file });
  await second.settle();

  expect(await second.datastore.ledger.counts()).toMatchObject({ requested: 2200, sent: 2200, pending: 0 });
  await second.close();
});

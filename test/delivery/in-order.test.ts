import { expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { moodyChannel, slowChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs, secondMs } from '../support/requests.ts';
import { until } from '../support/until.ts';

const notNow = new ChannelError('transient', { message: 'not now' });

/** Two things that are said of one order, one after the other. */
const first = aRequest({ type: 'order-confirmed' });
const second = aRequest();
const inOrder = [`${first.id}:sms`, `${second.id}:sms`];

it('what is said of an order later waits until what was said before has been answered', async () => {
  const sms = slowChannel('sms');
  const office = await openPostOffice({ channels: [sms] });
  void office.request(first);
  void office.request(second);
  await until(() => office.decisions.length >= 2);
  expect(sms.asked).toEqual(inOrder.slice(0, 1));

  sms.answer();
  await until(() => sms.asked.length === 2);
  sms.answer();
  await office.settle();

  expect(sms.asked).toEqual(inOrder);
});

it('what is tried again is not overtaken by what is said later of the same order', async () => {
  const sms = moodyChannel('sms', notNow);
  const office = await openPostOffice({ channels: [sms] });
  await office.request(first);
  sms.mood = undefined;

  await office.request(second);
  expect(sms.taken).toEqual([]);
  await office.finish();

  expect(sms.taken).toEqual(inOrder);
});

it('another order of the same customer does not wait for it', async () => {
  const sms = moodyChannel('sms', notNow);
  const office = await openPostOffice({ channels: [sms] });
  await office.request(first);
  sms.mood = undefined;

  const other = aRequest({ about: 'order-2' });
  await office.request(other);

  expect(sms.taken).toEqual([`${other.id}:sms`]);
});

it('behind one that is given up, the next goes', async () => {
  const sms = moodyChannel('sms', notNow);
  const office = await openPostOffice({ channels: [sms], retry: { maxAttempts: 2, maxDelayMs: secondMs } });
  await office.request(first);
  await office.request(second);
  await office.advanceTo(noonMs + secondMs);
  sms.mood = undefined;

  await office.finish();

  expect(sms.taken).toEqual(inOrder.slice(1));
});

it('what night has come over while it waited for its turn waits for the morning', async () => {
  const sms = slowChannel('sms');
  const customers = [aCustomer({ quietHours: atNight, timeZone: 'Europe/London' })];
  const evening = { nowMs: noonMs + 10 * hourMs - secondMs, sendTimeoutMs: hourMs };
  const office = await openPostOffice({ channels: [sms], customers, ...evening });
  void office.request(first);
  void office.request(second);
  await until(() => sms.asked.length === 1);

  await office.clock.advanceTo(noonMs + 10 * hourMs + 2 * minuteMs, async () => {});
  sms.answer();
  await office.settle();

  expect(sms.asked).toEqual(inOrder.slice(0, 1));
  expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending quiet_hours');
});

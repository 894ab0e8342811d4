import { describe, expect, it } from 'vitest';
import { type Datastore, DatastoreUnavailableError, type Ledger } from '../../src/datastore/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { rejectionOf } from '../support/rejection.ts';
import { aRequest, minuteMs, noonMs, secondMs } from '../support/requests.ts';

/** The datastore, whose ledger cannot do one thing for as long as the story says. */
function troubled(method: 'open' | 'record' | 'takeDue') {
  const trouble = { lasts: true };
  const alter = (ledger: Ledger): Ledger => ({
    ...ledger,
    async [method](...args: never[]) {
      if (trouble.lasts) throw new Error('database is locked');
      return (ledger[method] as (...given: never[]) => unknown)(...args);
    },
  });
  const alterDatastore = (datastore: Datastore): Datastore => ({
    ...datastore,
    ledger: alter(datastore.ledger),
    transaction: (work) =>
      datastore.transaction((stores) => work({ ...stores, ledger: alter(stores.ledger) })),
  });
  return { trouble, alterDatastore };
}

describe('a ledger that cannot be written for a while', () => {
  it('learns later what was sent, and nothing is sent twice', async () => {
    const { trouble, alterDatastore } = troubled('record');
    const sms = moodyChannel('sms');
    const office = await openPostOffice({ channels: [sms], alterDatastore });
    await office.delivery.request(aRequest());
    await office.settle();
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 0, pending: 2 });
    expect(office.decisions).toEqual([]);

    trouble.lasts = false;
    await office.advanceTo(noonMs + 5 * secondMs);

    expect(sms.asked).toHaveLength(1);
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 2, pending: 0 });
    expect(office.decisions).toHaveLength(2);
  });

  it('is tried again and again, and the log says so', async () => {
    const { trouble, alterDatastore } = troubled('record');
    const office = await openPostOffice({ alterDatastore });
    await office.delivery.request(aRequest());

    await office.advanceTo(noonMs + minuteMs);
    trouble.lasts = false;
    await office.finish();

    expect(office.logged.join()).toContain('database is locked');
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 2, pending: 0 });
  });

  it('does not keep the service from stopping: what it does not know is unknown to the next process', async () => {
    const { alterDatastore } = troubled('record');
    const office = await openPostOffice({ alterDatastore });
    await office.delivery.request(aRequest());
    await office.settle();

    await office.delivery.stop();

    expect(office.clock.nextDueMs()).toBeUndefined();
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 0, pending: 2 });
  });
});

it('a ledger that is locked is asked once for all that waits, each time, and not for each outcome', async () => {
  const asked: number[] = [];
  let isLocked = true;
  const alter = (ledger: Ledger): Ledger => ({
    ...ledger,
    record: async (deliveries, verdicts, failures) => {
      asked.push(deliveries.length);
      const locked = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
      if (isLocked) throw new DatastoreUnavailableError(locked);
      return ledger.record(deliveries, verdicts, failures);
    },
  });
  const customers = Array.from({ length: 8 }, (_, index) => aCustomer({ id: `customer-${index}` }));
  const office = await openPostOffice({
    customers,
    alterDatastore: (datastore) => ({ ...datastore, ledger: alter(datastore.ledger) }),
  });
  await Promise.all(customers.map(({ id }) => office.delivery.request(aRequest({ customerId: id }))));
  await office.settle();
  const batches = asked.length;

  await office.advanceTo(noonMs + 20 * secondMs);
  // After 0.25, 0.5, 1, 2, 4, 5 and 5 seconds.
  expect(asked).toHaveLength(batches * 8);
  isLocked = false;
  await office.finish();

  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 16, pending: 0 });
});

it('an outcome that the ledger never takes keeps no other from it', async () => {
  const poison = 'order-shipped:order-7:kim';
  const alter = (ledger: Ledger): Ledger => ({
    ...ledger,
    async record(deliveries, ...more) {
      if (deliveries.some(({ notificationId }) => notificationId === poison)) throw new Error('cannot be');
      await ledger.record(deliveries, ...more);
    },
  });
  const office = await openPostOffice({
    alterDatastore: (datastore) => ({ ...datastore, ledger: alter(datastore.ledger) }),
  });
  const abouts = Array.from({ length: 20 }, (_, index) => `order-${index}`);
  await Promise.all(abouts.map((about) => office.delivery.request(aRequest({ about }))));

  await office.advanceTo(noonMs + minuteMs);

  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 38, pending: 2 });
});

it('a request that cannot be entered is the caller’s to make again, and takes no place', async () => {
  const { trouble, alterDatastore } = troubled('open');
  const office = await openPostOffice({ alterDatastore, maxInHand: 1 });
  for (let count = 0; count < 3; count++)
    expect(await rejectionOf(() => office.delivery.request(aRequest()))).toMatchObject({
      message: 'database is locked',
    });

  trouble.lasts = false;
  await office.request(aRequest());

  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2 });
});

it('what has become due while the ledger cannot be read is delivered when it can', async () => {
  const { trouble, alterDatastore } = troubled('takeDue');
  const nowMs = Date.parse('2026-03-02T23:30:00.000Z');
  const morningMs = Date.parse('2026-03-03T07:00:00.000Z');
  const customers = [aCustomer({ quietHours: atNight })];
  const office = await openPostOffice({ customers, nowMs, alterDatastore });
  await office.request(aRequest());
  await office.advanceTo(morningMs + 7 * secondMs);
  expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending quiet_hours');

  trouble.lasts = false;
  await office.advanceTo(morningMs + 10 * secondMs);

  expect(office.texts.all()).toHaveLength(1);
});

it('a delivery that cannot be begun for it is due again ten minutes later, without being asked for', async () => {
  let isLocked = false;
  const office = await openPostOffice({
    alterDatastore: (datastore) => ({
      ...datastore,
      customers: {
        ...datastore.customers,
        async recipients(ids) {
          if (isLocked) throw new Error('database is locked');
          return datastore.customers.recipients(ids);
        },
      },
    }),
  });
  const notification = aRequest();
  // Entered by a process before this one, whose message comes now.
  const [, text] = await office.delivery.enter(notification);
  if (text === undefined) throw new Error('nothing was entered');
  const delivery = { ...text, notificationId: 'of-before' };
  const before = { ...notification, id: 'of-before', requestedAtMs: noonMs };
  await office.datastore.ledger.open([{ notification: before, deliveries: [delivery] }]);
  isLocked = true;
  await rejectionOf(() => office.delivery.send({ notification: before, delivery }));
  isLocked = false;

  await office.advanceTo(noonMs + 10 * minuteMs);

  expect(await ledgerLines(office.datastore)).toEqual(Array(3).fill(expect.stringMatching(/ sent sent$/)));
});

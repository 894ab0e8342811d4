import { describe, expect, it } from 'vitest';
import { ChannelError, type DeadDeliveryAlert } from '../../src/delivery/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice, type PostOfficeOptions } from '../support/post-office.ts';
import { rejectionOf } from '../support/rejection.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';

const key = { notificationId: aRequest().id, channel: 'sms' };
const refusal = new ChannelError('permanent', { message: 'no' });

/** Kim's SMS was refused for good, and a minute has passed. */
async function openWithADeadLetter(options: PostOfficeOptions = {}) {
  const sms = moodyChannel('sms', refusal);
  const office = await openPostOffice({ channels: [sms], ...options });
  await office.request(aRequest());
  await office.advanceTo(office.clock.now() + minuteMs);
  return { ...office, sms };
}

describe('a dead letter that is re-driven', () => {
  it('arrives when the provider is mended, under its own id', async () => {
    const { sms, delivery, settle, datastore } = await openWithADeadLetter();
    sms.mood = undefined;

    await delivery.redrive(key);
    await settle();

    expect(sms.taken).toEqual(['order-shipped:order-1:kim:sms']);
    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms sent sent');
    expect(await passingVerdicts(datastore, key.notificationId)).toEqual(['sms rejected', 'sms redriven']);
    expect(await datastore.ledger.counts()).toEqual({
      requested: 2,
      sent: 2,
      skipped: 0,
      deadLettered: 0,
      pending: 0,
    });
  });

  it('is never sent twice, however often it is asked for', async () => {
    const { sms, delivery, settle } = await openWithADeadLetter();
    sms.mood = undefined;

    const first = await Promise.allSettled([delivery.redrive(key), delivery.redrive(key)]);
    await settle();
    const later = await rejectionOf(() => delivery.redrive(key));

    expect(first.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(later).toMatchObject({
      code: 'not_dead_lettered',
      message: expect.stringContaining('"order-shipped:order-1:kim:sms"'),
    });
    expect(sms.taken).toHaveLength(1);
  });

  it('passes suppression again', async () => {
    const { sms, delivery, settle, datastore } = await openWithADeadLetter();
    await datastore.suppressions.add({ address: '+15550100', reason: 'blocked', sinceMs: noonMs });

    await delivery.redrive(key);
    await settle();

    expect(sms.asked).toHaveLength(1);
    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms skipped suppressed');
  });

  it('waits for the end of quiet hours like any other', async () => {
    const customers = [aCustomer({ quietHours: atNight })];
    const nowMs = Date.parse('2026-03-02T21:59:00.000Z');
    const { sms, delivery, finish, clock } = await openWithADeadLetter({ customers, nowMs });
    sms.mood = undefined;

    await delivery.redrive(key);
    await finish();

    expect(sms.taken).toHaveLength(1);
    expect(clock.now()).toBe(Date.parse('2026-03-03T07:00:00.000Z'));
  });

  it('has all its attempts before it, and can become one again', async () => {
    const { sms, delivery, finish, datastore } = await openWithADeadLetter();
    sms.mood = new ChannelError('transient', { message: 'not now' });

    await delivery.redrive(key);
    await finish();

    expect(sms.asked).toHaveLength(4);
    expect(await datastore.ledger.deadLetter(key)).toMatchObject({
      delivery: { reason: 'attempts_exhausted', attempts: 3 },
      failure: { errorMessage: 'not now', firstFailedAtMs: noonMs },
    });
  });

  it('is told to the observer, before what becomes of it', async () => {
    const { sms, delivery, settle, decisions } = await openWithADeadLetter();
    sms.mood = undefined;

    await delivery.redrive(key);
    await settle();

    expect(decisions.slice(-2).map(({ reason, status }) => `${reason}, ${status}`)).toEqual([
      'redriven, pending',
      'sent, sent',
    ]);
  });
});

describe('a dead letter that is discarded', () => {
  it('counts as skipped, and is not sent any more', async () => {
    const { sms, delivery, finish, datastore, decisions } = await openWithADeadLetter();
    sms.mood = undefined;

    await delivery.discard(key);
    await finish();

    expect(sms.taken).toEqual([]);
    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms skipped discarded');
    expect(await passingVerdicts(datastore, key.notificationId)).toEqual(['sms rejected']);
    expect(decisions.at(-1)).toMatchObject({ reason: 'discarded', status: 'skipped' });
  });

  it('can be re-driven no more, and discarded no second time', async () => {
    const { delivery } = await openWithADeadLetter();
    await delivery.discard(key);

    for (const act of [() => delivery.redrive(key), () => delivery.discard(key)])
      expect(await rejectionOf(act)).toMatchObject({ code: 'not_dead_lettered' });
  });
});

it('what is no dead letter can be neither re-driven nor discarded', async () => {
  const { delivery, datastore } = await openWithADeadLetter();
  const before = await ledgerLines(datastore);

  for (const other of [
    { ...key, channel: 'email' },
    { ...key, notificationId: 'unknown' },
  ])
    for (const act of [() => delivery.redrive(other), () => delivery.discard(other)])
      expect(await rejectionOf(act)).toMatchObject({ code: 'not_dead_lettered' });

  expect(await ledgerLines(datastore)).toEqual(before);
});

describe('a delivery that becomes a dead letter', () => {
  it('is announced once, when that is in the ledger', async () => {
    const alerts: DeadDeliveryAlert[] = [];
    const found: unknown[] = [];
    const office = await openPostOffice({
      channels: [moodyChannel('sms', refusal)],
      async onDeadLetter(alert) {
        alerts.push(alert);
        found.push((await office.datastore.ledger.deadLetter(key))?.delivery);
      },
    });

    await office.request(aRequest());
    await office.settle();

    expect(alerts).toMatchObject([{ notification: { id: key.notificationId }, delivery: { ...key } }]);
    expect(found).toMatchObject([{ status: 'dead_lettered', reason: 'rejected', attempts: 1 }]);
  });

  it('is announced by a promise that settling waits for', async () => {
    let announce = (): void => {};
    const office = await openPostOffice({
      channels: [moodyChannel('sms', refusal)],
      onDeadLetter: () => new Promise((resolve) => (announce = resolve)),
    });
    await office.delivery.request(aRequest());
    let isSettled = false;
    const settling = office.settle().then(() => {
      isSettled = true;
    });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(isSettled).toBe(false);

    announce();
    await settling;
  });

  it('is one although nobody could be told', async () => {
    const { datastore, logged } = await openWithADeadLetter({
      onDeadLetter: async () => {
        throw new Error('nobody listens');
      },
    });

    expect(await datastore.ledger.counts()).toMatchObject({ deadLettered: 1 });
    expect(logged.join()).toContain('nobody listens');
  });

  it('is announced again when it became one again', async () => {
    const announced: unknown[] = [];
    const { delivery, settle } = await openWithADeadLetter({
      onDeadLetter: ({ delivery: { reason } }) => void announced.push(reason),
    });

    await delivery.redrive(key);
    await settle();

    expect(announced).toEqual(['rejected', 'rejected']);
  });
});

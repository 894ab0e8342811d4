import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import type { Random } from '../../src/kernel/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs, secondMs } from '../support/requests.ts';

const notNow = (retryAfterMs?: number) =>
  new ChannelError('transient', { message: 'not now', ...(retryAfterMs !== undefined && { retryAfterMs }) });

/** The longest waits that may be drawn. */
const unlucky: Random = { next: () => 1 - Number.EPSILON, bytes: (count) => new Uint8Array(count) };

const smsOf = async ({ datastore }: Awaited<ReturnType<typeof openPostOffice>>) => {
  const [entry] = await datastore.ledger.find('customerId', 'kim');
  return entry?.deliveries.find(({ channel }) => channel === 'sms') ?? expect.fail();
};

describe('a provider that is unavailable for now', () => {
  it('is asked again after a while, with the same key, and the message arrives once', async () => {
    const sms = moodyChannel('sms', notNow());
    const office = await openPostOffice({ channels: [sms], random: unlucky });
    await office.request(aRequest());
    expect(await ledgerLines(office.datastore)).toContain(
      'order-shipped kim sms pending provider_unavailable',
    );

    sms.mood = undefined;
    await office.advanceTo(noonMs + secondMs - 1);
    expect(sms.taken).toEqual([]);
    await office.advanceTo(noonMs + secondMs);

    expect(sms.asked).toEqual(['order-shipped:order-1:kim:sms', 'order-shipped:order-1:kim:sms']);
    expect(sms.taken).toEqual(['order-shipped:order-1:kim:sms']);
    expect(await smsOf(office)).toMatchObject({ status: 'sent', attempts: 2, dueAtMs: null });
    expect(await passingVerdicts(office.datastore, aRequest().id)).toEqual(['sms provider_unavailable']);
  });

  it('for longer is asked as often as is set, each time after a longer wait at most', async () => {
    const sms = moodyChannel('sms', notNow());
    const retry = { maxAttempts: 5, initialDelayMs: 100, backoffMultiplier: 3, maxDelayMs: 2000 };
    const office = await openPostOffice({ channels: [sms], random: unlucky, retry });
    await office.request(aRequest());

    await office.finish();

    const verdicts = await office.datastore.ledger.verdicts([aRequest().id]);
    expect(verdicts.map(({ atMs, untilMs }) => (untilMs ?? 0) - atMs)).toEqual([100, 300, 900, 2000]);
    expect(await smsOf(office)).toMatchObject({
      status: 'dead_lettered',
      reason: 'attempts_exhausted',
      attempts: 5,
      settledAtMs: noonMs + 3300,
    });
  });

  it('leaves on record what it said, first and last', async () => {
    const sms = moodyChannel('sms', notNow());
    const office = await openPostOffice({ channels: [sms], random: unlucky });
    await office.request(aRequest());
    sms.mood = new ChannelError('permanent', { message: 'never' });

    await office.finish();

    const key = { notificationId: aRequest().id, channel: 'sms' };
    expect((await office.datastore.ledger.deadLetter(key))?.failure).toEqual({
      ...key,
      errorCode: 'channel_error',
      errorMessage: 'never',
      firstFailedAtMs: noonMs,
      lastFailedAtMs: noonMs + secondMs,
    });
  });

  it('does not keep the other channel waiting', async () => {
    const sms = moodyChannel('sms', notNow());
    const office = await openPostOffice({ channels: [sms] });

    await office.request(aRequest());

    expect(office.emails.all()).toHaveLength(1);
  });
});

describe('what has waited for a provider', () => {
  it('goes through every step again: quiet hours have begun meanwhile', async () => {
    const sms = moodyChannel('sms', notNow(hourMs));
    const nowMs = Date.parse('2026-03-02T21:30:00.000Z');
    const office = await openPostOffice({
      channels: [sms],
      customers: [aCustomer({ quietHours: atNight })],
      nowMs,
    });
    await office.request(aRequest());
    sms.mood = undefined;

    await office.finish();

    expect(await smsOf(office)).toMatchObject({
      status: 'sent',
      settledAtMs: Date.parse('2026-03-03T07:00:00.000Z'),
    });
    expect(await passingVerdicts(office.datastore, aRequest().id)).toEqual([
      'sms provider_unavailable',
      'sms quiet_hours',
    ]);
  });

  it('is not sent when its address has been suppressed meanwhile', async () => {
    const sms = moodyChannel('sms', notNow());
    const office = await openPostOffice({ channels: [sms] });
    await office.request(aRequest());
    await office.datastore.suppressions.add({ address: '+15550100', reason: 'blocked', sinceMs: noonMs });

    await office.finish();

    expect(sms.asked).toHaveLength(1);
    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms skipped suppressed');
  });
});

describe('a provider that says when to come back', () => {
  it.each([
    ['is not asked sooner, and a little later by lot', 5 * minuteMs, 5 * minuteMs + secondMs],
    ['for a fraction of a millisecond is not asked sooner', 5000.5, 5502],
    ['soon is asked soon', 10, 11],
    ['in a year is asked after a day', 365 * 24 * hourMs, 24 * hourMs + secondMs],
    ['never is asked after a day', Number.POSITIVE_INFINITY, 24 * hourMs + secondMs],
    ['in the past is asked after a second', -5 * minuteMs, secondMs + 100],
    ['in no number is asked after a second', Number.NaN, secondMs + 100],
  ])('%s', async (_, retryAfterMs, waitMs) => {
    const sms = moodyChannel('sms', notNow(retryAfterMs));
    const office = await openPostOffice({ channels: [sms], random: unlucky });

    await office.request(aRequest());

    expect(await smsOf(office)).toMatchObject({ dueAtMs: noonMs + waitMs, attempts: 0 });
  });

  it('is heeded up to what is set', async () => {
    const sms = moodyChannel('sms', notNow(hourMs));
    const office = await openPostOffice({ channels: [sms], random: unlucky, maxRetryAfterMs: minuteMs });

    await office.request(aRequest());

    expect(await smsOf(office)).toMatchObject({ dueAtMs: noonMs + minuteMs + secondMs });
  });

  it('for days is not well: then it is a dead letter, of which no attempt was made', async () => {
    const sms = moodyChannel('sms', notNow(hourMs));
    const office = await openPostOffice({ channels: [sms] });
    await office.request(aRequest());

    await office.finish();

    expect(await smsOf(office)).toMatchObject({ reason: 'attempts_exhausted', attempts: 0 });
    expect(sms.asked.length).toBeGreaterThan(20);
    expect(office.clock.now()).toBeGreaterThan(noonMs + 24 * hourMs);
  });
});

it('however chance falls, no wait is longer than the longest', async () => {
  const policy = fc.record({
    maxAttempts: fc.constant(4),
    initialDelayMs: fc.nat(100_000),
    backoffMultiplier: fc.double({ min: 1, max: 10, noNaN: true }),
    maxDelayMs: fc.nat(100_000),
  });
  const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 3 });
  await fc.assert(
    fc.asyncProperty(policy, draws, async (retry, chances) => {
      let drawn = 0;
      const random: Random = { ...unlucky, next: () => chances[drawn++ % chances.length] ?? 0 };
      const channels = [moodyChannel('sms', notNow())];
      const office = await openPostOffice({ channels, random, retry });
      await office.request(aRequest());
      await office.finish();

      const verdicts = await office.datastore.ledger.verdicts([aRequest().id]);
      expect(verdicts).toHaveLength(3);
      for (const [index, { atMs, untilMs }] of verdicts.entries()) {
        const waitMs = (untilMs ?? 0) - atMs;
        const { initialDelayMs, backoffMultiplier, maxDelayMs } = retry;
        const longestMs = Math.min(initialDelayMs * backoffMultiplier ** index, maxDelayMs);
        expect(waitMs).toBeLessThanOrEqual(longestMs);
      }
      await office.close();
    }),
    { numRuns: 25 },
  );
});

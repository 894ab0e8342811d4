import type { DeliveryGroup, DeliveryStatistics } from '../../../src/datastore/index.ts';

const at = (time: string): number => Date.parse(`2026-03-02T${time}Z`);

function group(channel: string, differences: Partial<DeliveryGroup>): DeliveryGroup {
  return {
    channel,
    status: 'sent',
    reason: 'sent',
    errorCode: null,
    count: 1,
    attempts: 0,
    asked: 0,
    waiting: 0,
    nextDueAtMs: null,
    lastFailedAtMs: null,
    ...differences,
  };
}

/** What the datastore counts before anything is requested. */
export const anEmptyDay: DeliveryStatistics = {
  groups: [],
  sentAfter: [],
  oldestPending: [],
  lastWords: [],
  deadMessages: [],
  times: [],
  receipts: [],
};

/** What the datastore counts on a day on which the SMS provider was down for a while. */
export const aBusyDay: DeliveryStatistics = {
  receipts: [
    { channel: 'email', status: 'bounced', count: 12 },
    { channel: 'sms', status: 'delivered', count: 2450 },
  ],
  groups: [
    group('email', { count: 12_000, attempts: 12_000, asked: 12_000 }),
    group('email', {
      count: 40,
      attempts: 95,
      asked: 40,
      errorCode: 'channel_error',
      lastFailedAtMs: at('11:59:31'),
    }),
    group('email', { status: 'skipped', reason: 'opted_out', count: 311 }),
    group('sms', {
      status: 'dead_lettered',
      reason: 'attempts_exhausted',
      errorCode: 'channel_error',
      count: 7,
      attempts: 21,
      asked: 7,
      lastFailedAtMs: at('12:05:00'),
    }),
    group('sms', { status: 'dead_lettered', reason: 'rejected', lastFailedAtMs: at('09:30:00') }),
    group('sms', {
      status: 'pending',
      reason: 'provider_unavailable',
      errorCode: 'channel_error',
      count: 3,
      attempts: 4,
      asked: 3,
      waiting: 2,
      nextDueAtMs: at('12:06:30'),
      lastFailedAtMs: at('12:06:00'),
    }),
    group('sms', { count: 2500, attempts: 2500, asked: 2500 }),
    group('sms', { status: 'skipped', reason: 'no_contact', count: 9021 }),
    group('sms', { status: 'skipped', reason: 'opted_out', count: 12 }),
    group('webhook', { status: 'pending', reason: null, count: 2 }),
  ],
  sentAfter: [
    { channel: 'email', attempts: 1, count: 12_000 },
    { channel: 'email', attempts: 2, count: 25 },
    { channel: 'email', attempts: 3, count: 15 },
    { channel: 'sms', attempts: 1, count: 2500 },
  ],
  oldestPending: [
    { channel: 'sms', requestedAtMs: at('11:58:00') },
    { channel: 'webhook', requestedAtMs: at('12:06:59') },
  ],
  lastWords: [
    {
      channel: 'sms',
      status: 'dead_lettered',
      reason: 'attempts_exhausted',
      errorCode: 'channel_error',
      words: '503 try later',
    },
  ],
  deadMessages: [{ subscriber: 'loyalty', count: 2 }],
  times: [
    {
      channel: null,
      count: 14_540,
      minMs: 0,
      p50Ms: 12,
      p95Ms: 1240,
      p99Ms: 63_000,
      maxMs: 28_800_000,
      totalMs: 9e7,
    },
    {
      channel: 'email',
      count: 12_040,
      minMs: 0,
      p50Ms: 9,
      p95Ms: 800,
      p99Ms: 2000,
      maxMs: 63_000,
      totalMs: 1e7,
    },
    {
      channel: 'sms',
      count: 2500,
      minMs: 3,
      p50Ms: 90,
      p95Ms: 4100,
      p99Ms: 64_000,
      maxMs: 28_800_000,
      totalMs: 8e7,
    },
  ],
};

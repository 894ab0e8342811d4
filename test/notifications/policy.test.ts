import { describe, expect, it } from 'vitest';
import type { Recipient } from '../../src/datastore/index.ts';
import {
  deliverySteps,
  firstObjection,
  type NotificationType,
  notificationKinds,
  type PolicyInput,
  policySteps,
  reasons,
} from '../../src/notifications/index.ts';
import { aRecipient } from './a-recipient.ts';

const noonMs = Date.UTC(2026, 5, 1, 12);
const hourMs = 3_600_000;

interface Delivery {
  type?: NotificationType;
  channel?: string;
  customer?: Partial<Recipient>;
  ageMs?: number;
  nowMs?: number;
}

const delivery = ({
  type = 'order-shipped',
  channel = 'sms',
  customer,
  ageMs = 0,
  nowMs = noonMs,
}: Delivery): PolicyInput => ({
  notification: { type, occurredAtMs: nowMs - ageMs, variables: {} },
  channel,
  recipient: aRecipient(customer),
  nowMs,
});

const verdictOn = (what: Delivery): string | undefined => firstObjection(delivery(what))?.reason;

describe('a price drop', () => {
  it.each([
    ['standard', 'segment_not_eligible'],
    ['silver', 'segment_not_eligible'],
    ['gold', undefined],
    ['platinum', undefined],
  ] as const)('meets a customer in segment %s with the verdict %s', (segment, verdict) => {
    expect(verdictOn({ type: 'price-drop', customer: { segment } })).toBe(verdict);
  });

  it('is the only notification that asks for the segment', () => {
    expect(verdictOn({ type: 'order-shipped', customer: { segment: 'standard' } })).toBeUndefined();
  });

  it('is worth sending for exactly 24 hours', () => {
    expect(verdictOn({ type: 'price-drop', ageMs: 24 * hourMs })).toBeUndefined();
    expect(verdictOn({ type: 'price-drop', ageMs: 24 * hourMs + 1 })).toBe('expired');
  });
});

it('news of an order never expires', () => {
  expect(verdictOn({ type: 'order-shipped', ageMs: 1000 * hourMs })).toBeUndefined();
});

describe('a customer without an address for the channel', () => {
  it.each([
    ['sms', { phone: null }],
    ['sms', { phone: '' }],
    ['email', { email: '' }],
    ['push', { addresses: { webhook: 'https://a.example' } }],
    ['constructor', {}],
    ['__proto__', {}],
  ])('cannot be reached by %s', (channel, customer) => {
    expect(verdictOn({ channel, customer })).toBe('no_contact');
  });
});

describe('a suppressed address', () => {
  it('is not used', () => {
    const customer = { suppressedAddresses: ['anna@example.com'] };
    expect(verdictOn({ channel: 'email', customer })).toBe('suppressed');
  });

  it("leaves the customer's other addresses alone", () => {
    const customer = { suppressedAddresses: ['anna@example.com'] };
    expect(verdictOn({ channel: 'sms', customer })).toBeUndefined();
  });
});

describe('a preference', () => {
  it.each([
    ['email', undefined],
    ['sms', 'opted_out'],
    ['push', 'opted_out'],
  ])('that was never stated makes the verdict on %s %s', (channel, verdict) => {
    const customer = { preferences: {}, addresses: { push: 'device-1' } };
    expect(verdictOn({ channel, customer })).toBe(verdict);
  });

  it('against email is respected', () => {
    const customer = { preferences: { order_updates: { email: false } } };
    expect(verdictOn({ channel: 'email', customer })).toBe('opted_out');
  });

  it('holds for its category only', () => {
    const customer = { preferences: { price_alerts: { sms: true } } };
    expect(verdictOn({ channel: 'sms', customer })).toBe('opted_out');
  });

  it('against the category account changes nothing', () => {
    const customer = { preferences: { account: { email: false } } };
    expect(verdictOn({ type: 'welcome', channel: 'email', customer })).toBeUndefined();
  });

  it('is not found in what every object inherits', () => {
    const customer = { addresses: { constructor: 'x' }, preferences: { order_updates: {} } };
    expect(verdictOn({ channel: 'constructor', customer })).toBe('opted_out');
  });
});

describe('quiet hours', () => {
  const customer = {
    quietHours: { start: '22:00', end: '07:00' },
    timeZone: 'Europe/Berlin',
    addresses: { push: 'device-1', webhook: 'https://a.example' },
    preferences: { order_updates: { sms: true, push: true, webhook: true }, payment_alerts: { sms: true } },
  };
  const nowMs = Date.UTC(2026, 0, 10, 2);

  it.each(['sms', 'push'])('hold back %s until they end where the customer lives', (channel) => {
    expect(firstObjection(delivery({ channel, customer, nowMs }))).toEqual({
      step: 'quiet-hours',
      reason: 'quiet_hours',
      outcome: 'defer',
      untilMs: Date.UTC(2026, 0, 10, 6),
    });
  });

  it.each(['email', 'webhook'])('do not hold back %s', (channel) => {
    expect(verdictOn({ channel, customer, nowMs })).toBeUndefined();
  });

  it('do not hold back a failed payment, which is urgent', () => {
    expect(verdictOn({ type: 'payment-failed', customer, nowMs })).toBeUndefined();
  });

  it('hold back what has low priority', () => {
    const keen = { ...customer, preferences: { price_alerts: { sms: true } } };
    expect(verdictOn({ type: 'price-drop', customer: keen, nowMs })).toBe('quiet_hours');
  });
});

describe('the steps', () => {
  it('come in the order of the catalogue, and the first that objects decides', () => {
    // given a delivery that every step is against
    const nowMs = Date.UTC(2026, 0, 10, 2);
    const worst: Partial<Recipient> = {
      segment: 'standard',
      phone: null,
      suppressedAddresses: ['+15550100'],
      preferences: {},
      quietHours: { start: '22:00', end: '07:00' },
    };
    const cures: Partial<Recipient>[] = [
      { segment: 'gold' },
      { phone: '+15550100' },
      { suppressedAddresses: [] },
      { preferences: { price_alerts: { sms: true } } },
    ];

    // when its obstacles are cleared one by one
    const verdicts = [0, 1, 2, 3, 4].map((cleared) => {
      const customer = Object.assign({}, worst, ...cures.slice(0, cleared));
      return verdictOn({ type: 'price-drop', customer, nowMs, ageMs: 25 * hourMs });
    });
    const customer = Object.assign({}, worst, ...cures);

    // then each step speaks in its turn
    expect(verdicts).toEqual(['segment_not_eligible', 'no_contact', 'suppressed', 'opted_out', 'expired']);
    expect(verdictOn({ type: 'price-drop', customer, nowMs })).toBe('quiet_hours');
    expect(policySteps.map(({ name }) => name)).toEqual(deliverySteps.slice(0, policySteps.length));
  });

  it('each report themselves as the step that the table of reasons names', () => {
    const everything = (Object.keys(notificationKinds) as NotificationType[]).flatMap((type) =>
      ['email', 'sms', 'push'].map((channel) =>
        delivery({ type, channel, customer: { phone: null, preferences: {} } }),
      ),
    );
    const objections = everything.map(firstObjection).filter((objection) => objection !== undefined);
    expect(objections.length).toBeGreaterThan(0);
    for (const { step, reason } of objections) expect(reasons[reason].step).toBe(step);
  });
});

import { expect, it } from 'vitest';
import { deliverySteps, type ReasonCode, reasons } from '../../src/notifications/index.ts';

const codes = Object.keys(reasons) as ReasonCode[];

it('every reason belongs to a step and has words for a person', () => {
  for (const code of codes) {
    expect(deliverySteps).toContain(reasons[code].step);
    expect(reasons[code].words).toMatch(/^[a-z].*[a-z]$/);
  }
});

it('every verdict but those of sending itself has a remedy', () => {
  const withoutRemedy = codes.filter((code) => reasons[code].remedy === undefined);
  expect(withoutRemedy).toEqual([
    'shortened',
    'sent',
    'provider_unavailable',
    'circuit_open',
    'rejected',
    'internal_error',
    'attachment_failed',
    'attempts_exhausted',
    'outcome_unknown',
    'redriven',
    'discarded',
  ]);
});

it.each([
  ['sms', 'the customer had a phone number'],
  ['email', 'the customer had an email address'],
  ['webhook', 'the customer had an address for webhook'],
  ['constructor', 'the customer had an address for constructor'],
])('what is missing for %s is said in its own words: would have been sent if %s', (channel, remedy) => {
  expect(reasons.no_contact.remedy?.(channel)).toBe(remedy);
});

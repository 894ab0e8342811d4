import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { DeliverySettings } from '../../src/delivery/index.ts';
import { completeSettings, retryOf } from '../../src/delivery/settings.ts';
import { defaultRetryPolicy } from '../../src/kernel/index.ts';
import { openPostOffice } from '../support/post-office.ts';
import { rejectionOf } from '../support/rejection.ts';
import { hourMs, minuteMs } from '../support/requests.ts';

it.each<[string, DeliverySettings]>([
  ['retry.maxAttempts', { retry: { maxAttempts: 0 } }],
  ['retry.maxAttempts', { retry: { maxAttempts: 2.5 } }],
  ['retry.initialDelayMs', { retry: { initialDelayMs: -1 } }],
  ['retry.initialDelayMs', { retry: { initialDelayMs: Number.NaN } }],
  ['retry.backoffMultiplier', { retry: { backoffMultiplier: 0.5 } }],
  ['retry.maxDelayMs', { retry: { maxDelayMs: Number.POSITIVE_INFINITY } }],
  ['breaker.failureThreshold', { breaker: { failureThreshold: 0 } }],
  ['breaker.resetAfterMs', { breaker: { resetAfterMs: 0 } }],
  ['maxRetryAfterMs', { maxRetryAfterMs: -1 }],
  ['sendTimeoutMs', { sendTimeoutMs: 0 }],
  ['maxInHand', { maxInHand: 0 }],
  ['stopWithinMs', { stopWithinMs: Number.NaN }],
  ['onUnknownOutcome', { onUnknownOutcome: 'hope' as never }],
  ['sendTimeoutMs', { sendTimeoutMs: '30s' as never }],
])('%s that makes no sense is refused by its name: %j', async (name, settings) => {
  expect(await rejectionOf(() => openPostOffice(settings))).toMatchObject({
    code: 'invalid_setting',
    message: expect.stringContaining(name),
    help: 'See docs/SETTINGS.md for what is allowed.',
  });
});

it('all that is wrong is said at once, in one line', async () => {
  const refused = await rejectionOf(() =>
    openPostOffice({
      sendTimeoutMs: 0,
      breaker: { failureThreshold: 0.5 },
      retryOf: { sms: { delaysMs: [1000, -1] } },
      usefulForMinutes: { 'price-dorp': 5 } as never,
    }),
  );

  for (const name of ['sendTimeoutMs', 'breaker.failureThreshold', 'retryOf.sms.delaysMs.1', 'price-dorp'])
    expect(refused).toMatchObject({ message: expect.stringContaining(name) });
  expect(String(refused)).not.toContain('\n');
});

it('what is left out has its default, in a group of settings too', () => {
  const settings = completeSettings({ retry: { maxAttempts: 1 }, breaker: {}, sendTimeoutMs: 1 });

  expect(settings).toMatchObject({
    retry: { maxAttempts: 1, initialDelayMs: 1000, backoffMultiplier: 2, maxDelayMs: 60_000 },
    breaker: { failureThreshold: 5, resetAfterMs: 60_000 },
    sendTimeoutMs: 1,
    maxInHand: 1000,
    maxRetryAfterMs: 24 * hourMs,
    onUnknownOutcome: 'send-again',
    stopWithinMs: 15_000,
  });
});

it.each(['sendTimeoutMs', 'maxInHand', 'stopWithinMs'] as const)(
  'the default of %s is what the page says',
  (name) => {
    const page = readFileSync('docs/SETTINGS.md', 'utf8');
    const [, said = ''] = new RegExp(`^\\| \`${name}\` .* Default ([\\d,]+)\\.`, 'm').exec(page) ?? [];

    expect(completeSettings({})[name]).toBe(Number(said.replaceAll(',', '')));
  },
);

it('mails and webhooks are retried for hours, texts and pushes for minutes, unless a setting says otherwise', () => {
  const settings = completeSettings({});
  const longest = (channel: string, given = settings) =>
    retryOf(given, channel).delaysMs?.reduce((sum, delayMs) => sum + delayMs, 0) ?? 0;

  expect(longest('email')).toBeGreaterThan(10 * hourMs);
  expect(longest('webhook')).toBe(longest('email'));
  for (const channel of ['sms', 'push', 'chat']) expect(longest(channel)).toBeLessThan(10 * minuteMs);

  expect(retryOf(completeSettings({ retry: {} }), 'email')).toEqual(defaultRetryPolicy);
  const one = completeSettings({ retry: {}, retryOf: { sms: { maxAttempts: 9 } } });
  expect(retryOf(one, 'sms').maxAttempts).toBe(9);
  expect(retryOf(one, 'email').maxAttempts).toBe(3);
});

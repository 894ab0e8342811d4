import { expect, it } from 'vitest';
import type { DeliverySettings } from '../../src/delivery/index.ts';
import { openPostOffice } from '../support/post-office.ts';
import { rejectionOf } from '../support/rejection.ts';

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
    help: expect.stringMatching(/^Give .*\.$/),
  });
});

it('what is left out has its default, in a group of settings too', async () => {
  await openPostOffice({ retry: { maxAttempts: 1 }, breaker: {}, sendTimeoutMs: 1 });
});

import { expect } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import type { CircuitBreaker, CircuitBreakerOptions } from '../../src/kernel/circuit-breaker.ts';
import { defaultRetryPolicy, type Random, retryDelayMs, VirtualClock } from '../../src/kernel/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { openPostOffice, type PostOfficeOptions } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';

/** What is asked for again is not sent again: at once, later, and by many. */
export async function sendsNothingTwice(options: PostOfficeOptions): Promise<void> {
  const sms = moodyChannel('sms');
  const office = await openPostOffice({ ...options, channels: [sms] });
  await Promise.all([office.request(aRequest()), office.request(aRequest())]);
  await office.advanceTo(noonMs + minuteMs);
  await office.request(aRequest());
  await office.finish();
  expect(sms.taken).toEqual(['order-shipped:order-1:kim:sms']);
}

/** A provider that was left alone is asked again, by one message, and let in again when that went well. */
export async function findsBackToAProvider(
  make: (options: CircuitBreakerOptions) => CircuitBreaker,
): Promise<void> {
  const clock = new VirtualClock(noonMs);
  const breaker = make({ clock, policy: { failureThreshold: 1, resetAfterMs: minuteMs } });
  breaker.failed(breaker.enter() ?? expect.fail('a closed breaker let nothing through'));
  expect(breaker.enter()).toBeUndefined();
  await clock.advanceTo(noonMs + minuteMs, async () => {});
  const probe = breaker.enter() ?? expect.fail('it never lets anything through again');
  expect(breaker.enter()).toBeUndefined();
  breaker.succeeded(probe);
  expect(breaker.state).toBe('closed');
}

/** However chance falls, a retry waits no longer than the policy has it. */
export async function keepsToTheCap(random: Random): Promise<void> {
  const { initialDelayMs, backoffMultiplier, maxDelayMs } = defaultRetryPolicy;
  for (let draw = 0; draw < 500; draw++) {
    for (let attempt = 1; attempt <= 8; attempt++) {
      const delayMs = retryDelayMs(defaultRetryPolicy, attempt, random);
      expect(delayMs).toBeGreaterThanOrEqual(0);
      expect(delayMs).toBeLessThanOrEqual(
        Math.min(maxDelayMs, initialDelayMs * backoffMultiplier ** (attempt - 1)),
      );
    }
  }
}

/** A dead letter that is re-driven is sent, once, and none of what was requested is lost on the way. */
export async function sendsWhatIsRedriven(options: PostOfficeOptions): Promise<void> {
  const sms = moodyChannel('sms', new ChannelError('permanent', { message: 'no' }));
  const office = await openPostOffice({ ...options, channels: [sms] });
  await office.request(aRequest());
  sms.mood = undefined;
  await office.delivery.redrive({ notificationId: aRequest().id, channel: 'sms' });
  await office.finish();
  expect(sms.taken).toEqual(['order-shipped:order-1:kim:sms']);
  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2, pending: 0 });
}

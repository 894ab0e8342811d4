import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Customer, LedgerCounts } from '../../src/datastore/index.ts';
import { type Channel, ChannelError } from '../../src/delivery/index.ts';
import { segments } from '../../src/events/index.ts';
import { type NotificationType, notificationKinds } from '../../src/notifications/index.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs } from '../support/requests.ts';

const perhaps = fc.boolean();
const switches = fc.record({ email: perhaps, sms: perhaps }, { requiredKeys: [] });
const timeOfDay = fc.tuple(fc.nat(23), fc.nat(59)).map((time) => {
  return time.map((part) => String(part).padStart(2, '0')).join(':');
});

const aPerson: fc.Arbitrary<Partial<Customer>> = fc.record({
  phone: fc.constantFrom('+15550100', null),
  segment: fc.constantFrom(...segments),
  timeZone: fc.constantFrom('Europe/London', 'Asia/Tokyo', 'America/New_York'),
  quietHours: fc.option(fc.record({ start: timeOfDay, end: timeOfDay }), { nil: null }),
  preferences: fc.record(
    { order_updates: switches, payment_alerts: switches, price_alerts: switches },
    { requiredKeys: [] },
  ),
});

/** What may happen in a shop's day, one thing after the other. */
const aMoment = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('ask' as const),
      person: fc.nat(2),
      type: fc.constantFrom(...(Object.keys(notificationKinds) as NotificationType[])),
      about: fc.constantFrom('a', 'b', 'c'),
      ageHours: fc.nat(30),
      isWordless: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.nat(600) }) },
  { weight: 1, arbitrary: fc.constant({ what: 'bounce' as const }) },
);
type Moment = typeof aMoment extends fc.Arbitrary<infer M> ? M : never;

it('whatever happens, every delivery that was requested comes to exactly one end', async () => {
  const people = fc.tuple(aPerson, aPerson, aPerson);
  const moments = fc.array(aMoment, { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(people, moments, fc.array(fc.nat(5)), async (differences, day, failures) => {
      const customers = differences.map((each, index) => aCustomer({ ...each, id: `person-${index}` }));
      const channels = [moody('email', failures), moody('sms', failures)];
      const office = await openPostOffice({ customers, channels });
      const requested = new Set<string>();

      for (const moment of day) {
        await live(office, moment, requested);
        expectBalance(await office.datastore.ledger.counts(), requested.size);
      }
      await office.finish();

      const counts = await office.datastore.ledger.counts();
      expectBalance(counts, requested.size);
      expect(counts.pending).toBe(0);
      expect(endsByDelivery(office)).toEqual([...requested].sort());
      const taken = channels.flatMap((channel) => channel.taken);
      expect(taken).toHaveLength(new Set(taken).size);
      await office.close();
    }),
    { numRuns: 60 },
  );
});

async function live(office: PostOffice, moment: Moment, requested: Set<string>): Promise<void> {
  if (moment.what === 'wait') return office.advanceTo(office.clock.now() + moment.minutes * minuteMs);
  if (moment.what === 'bounce') {
    await office.datastore.suppressions.add({ address: '+15550100', reason: 'bounced', sinceMs: noonMs });
    return;
  }
  const { type, about, person, ageHours, isWordless } = moment;
  const notification = aRequest({
    type,
    about,
    customerId: `person-${person}`,
    occurredAtMs: office.clock.now() - ageHours * hourMs,
    ...(isWordless && { variables: {} }),
  });
  for (const channel of type === 'welcome' ? ['email'] : ['email', 'sms']) {
    requested.add(`${notification.id}:${channel}`);
  }
  await Promise.all([office.request(notification), office.request(notification)]);
}

function expectBalance(
  { sent, skipped, deadLettered, pending, ...counts }: LedgerCounts,
  requested: number,
): void {
  expect(counts.requested).toBe(requested);
  expect(sent + skipped + deadLettered + pending).toBe(requested);
}

/** The delivery of every verdict that ended one: each once, if all is well. */
function endsByDelivery({ decisions }: PostOffice): string[] {
  return decisions
    .filter(({ status, reason }) => status !== 'pending' && reason !== 'duplicate')
    .map(({ notification, channel }) => `${notification.id}:${channel}`)
    .sort();
}

/** A channel that sends, or fails in one of three ways, as `failures` tell it. */
function moody(name: 'email' | 'sms', failures: readonly number[]): Channel & { readonly taken: string[] } {
  const taken: string[] = [];
  let asked = 0;
  return {
    name,
    templates: name,
    taken,
    async send(_message, { idempotencyKey }) {
      const mood = failures[++asked % Math.max(1, failures.length)] ?? 0;
      if (mood === 1) throw new ChannelError('permanent', { message: 'no' });
      if (mood === 2) throw new ChannelError('transient', { message: 'not now' });
      if (mood === 3) throw new Error('socket hang up');
      taken.push(idempotencyKey);
      return { id: idempotencyKey };
    },
  };
}

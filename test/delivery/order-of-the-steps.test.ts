import { expect, it } from 'vitest';
import type { Customer } from '../../src/datastore/index.ts';
import { ChannelError } from '../../src/delivery/index.ts';
import { failingChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, noonMs, type Request } from '../support/requests.ts';

/** One thing that speaks against telling Kim of a price drop by SMS, and the verdict when it is the only one. */
interface Obstacle {
  readonly step: string;
  readonly verdict: string;
  readonly customer?: Partial<Customer>;
  readonly request?: Request;
  readonly isProviderDown?: boolean;
  prepare?(office: PostOffice): Promise<unknown>;
}

/** In the order of the steps. */
const obstacles: readonly Obstacle[] = [
  { step: 'eligibility', verdict: 'skipped segment_not_eligible', customer: { segment: 'standard' } },
  { step: 'contact', verdict: 'skipped no_contact', customer: { phone: null } },
  {
    step: 'suppression',
    verdict: 'skipped suppressed',
    prepare: ({ datastore }) =>
      datastore.suppressions.add({ address: '+15550100', reason: 'blocked', sinceMs: noonMs }),
  },
  {
    step: 'preference',
    verdict: 'skipped opted_out',
    customer: { preferences: { order_updates: { sms: true }, price_alerts: { sms: false } } },
  },
  { step: 'expiry', verdict: 'skipped expired', request: { occurredAtMs: noonMs - 25 * hourMs } },
  {
    step: 'quiet hours',
    verdict: 'pending quiet_hours',
    customer: { quietHours: { start: '11:00', end: '13:00' } },
  },
  { step: 'rate limit', verdict: 'pending rate_limited', prepare: sendAHundredOthers },
  { step: 'send', verdict: 'dead_lettered rejected', isProviderDown: true },
];

const refusal = new ChannelError('permanent', { message: 'no' });

/** Nobody gets a hundred SMS within a minute of quiet hours, or without a phone. */
const excludesRateLimit = ['contact', 'quiet hours'];

const pairs = obstacles.flatMap((first, index) =>
  obstacles
    .slice(index + 1)
    .filter(({ step }) => step !== 'rate limit' || !excludesRateLimit.includes(first.step))
    .map((second) => ({ first, second, title: `${first.step} before ${second.step}` })),
);

it.each(obstacles)('$step alone decides: $verdict', async (obstacle) => {
  expect(await verdictWith([obstacle])).toBe(obstacle.verdict);
});

it.each(pairs)('$title', async ({ first, second }) => {
  expect(await verdictWith([second, first])).toBe(first.verdict);
});

it('a delivery that was sent is a duplicate, whatever has come to stand in its way since', async () => {
  const customers = [aCustomer({ quietHours: { start: '13:00', end: '23:00' } })];
  const office = await openPostOffice({ customers });
  const notification = aRequest({ type: 'price-drop', about: 'price-change-1' });
  await office.request(notification);

  await office.advanceTo(noonMs + 30 * hourMs);
  await office.datastore.suppressions.add({ address: '+15550100', reason: 'blocked', sinceMs: noonMs });
  await office.request(notification);

  const verdicts = await office.datastore.ledger.verdicts([notification.id]);
  expect(verdicts.map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate']);
  expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2 });
});

async function verdictWith(together: readonly Obstacle[]): Promise<string> {
  const customer = aCustomer(Object.assign({}, ...together.map((obstacle) => obstacle.customer)));
  const isProviderDown = together.some((obstacle) => obstacle.isProviderDown);
  const channels = isProviderDown ? [failingChannel('sms', refusal)] : [];
  const office = await openPostOffice({ customers: [customer], channels });
  for (const { prepare } of together) await prepare?.(office);
  const request = Object.assign({}, ...together.map((obstacle) => obstacle.request));
  const notification = aRequest({ type: 'price-drop', about: 'price-change-1', ...request });

  await office.request(notification);

  const [entry] = await office.datastore.ledger.find('id', notification.id);
  const sms = entry?.deliveries.find(({ channel }) => channel === 'sms');
  return `${sms?.status} ${sms?.reason}`;
}

async function sendAHundredOthers({ request }: PostOffice): Promise<void> {
  const abouts = Array.from({ length: 100 }, (_, index) => `order-${index}`);
  await Promise.all(abouts.map((about) => request(aRequest({ about }))));
}

import { describe, expect, it } from 'vitest';
import { type Channel, ChannelError, defaultRetries } from '../../src/delivery/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, noonMs, secondMs } from '../support/requests.ts';

type Office = Awaited<ReturnType<typeof openPostOffice>>;

interface Limit {
  readonly perSecond: number;
  /** What it says with each refusal. Left out: that it is busy, and no more. */
  readonly retryAfterMs?: number;
  /** Until then it is down. */
  readonly upAtMs?: number;
}

/** Takes so many in each second of the clock, and counts what it is asked. */
function limited(officeOf: () => Office, { perSecond, retryAfterMs, upAtMs = 0 }: Limit) {
  const counted = { asked: 0, taken: [] as string[] };
  let second = -1;
  let used = 0;
  const channel: Channel = {
    name: 'sms',
    templates: 'sms',
    async send(_, { idempotencyKey }) {
      const nowMs = officeOf().clock.now();
      counted.asked++;
      if (nowMs < upAtMs) throw new ChannelError('transient', { message: 'down' });
      if (Math.floor(nowMs / secondMs) !== second) {
        second = Math.floor(nowMs / secondMs);
        used = 0;
      }
      if (++used <= perSecond) {
        counted.taken.push(idempotencyKey);
        return { id: 'taken' };
      }
      const asks = retryAfterMs === undefined ? { isThrottled: true } : { retryAfterMs };
      throw new ChannelError('transient', { message: '429', ...asks });
    },
  };
  return { channel, counted };
}

async function sendAll(count: number, limit: Limit) {
  let office: Office | undefined;
  const { channel, counted } = limited(() => office ?? expect.fail(), limit);
  const customers = Array.from({ length: count }, (_, index) => aCustomer({ id: `customer-${index}` }));
  office = await openPostOffice({
    channels: [channel],
    customers,
    retryOf: { sms: defaultRetries.sms ?? {} },
  });
  const { delivery, clock, datastore } = office;
  await Promise.all(customers.map(({ id }) => delivery.request(aRequest({ customerId: id }))));
  await office.finish();
  return { ...counted, counts: await datastore.ledger.counts(), tookMs: clock.now() - noonMs, office };
}

describe('a provider that takes fifty a second', () => {
  it.each([
    ['says when to come back', secondMs],
    ['says nothing of when', undefined],
    ['says so in no number', Number.NaN],
    ['says so in the past', -secondMs],
  ])('and %s gets a thousand at its own pace, and hardly more than it takes', async (_, retryAfterMs) => {
    const limit = { perSecond: 50, ...(retryAfterMs !== undefined && { retryAfterMs }) };

    const { asked, taken, counts, tookMs, office } = await sendAll(1000, limit);

    expect(counts).toMatchObject({ deadLettered: 0, pending: 0 });
    expect(new Set(taken).size).toBe(1000);
    expect(asked).toBeLessThanOrEqual(1200);
    expect(tookMs).toBeLessThan(25 * secondMs);
    expect(office.delivery.breakers().get('sms')).toBe('closed');
  });

  it('and was down for ten minutes gets its backlog, without a herd', async () => {
    const limit = { perSecond: 50, retryAfterMs: secondMs, upAtMs: noonMs + 600 * secondMs };

    const { asked, counts, tookMs } = await sendAll(3000, limit);

    expect(counts).toMatchObject({ deadLettered: 0, pending: 0 });
    expect(asked).toBeLessThan(1.3 * 3000);
    expect(tookMs).toBeLessThan((600 + 75) * secondMs);
  });
});

it('being sent away uses up no attempt', async () => {
  const { office } = await sendAll(200, { perSecond: 50, retryAfterMs: secondMs });

  for await (const page of office.datastore.ledger.pages(1000))
    for (const { delivery } of page) expect(delivery).toMatchObject({ status: 'sent', attempts: 1 });
});

it('a configured rate is kept from the beginning: nothing is sent away', async () => {
  let office: Office | undefined;
  const { channel, counted } = limited(() => office ?? expect.fail(), { perSecond: 11 });
  const customers = Array.from({ length: 100 }, (_, index) => aCustomer({ id: `customer-${index}` }));
  office = await openPostOffice({ channels: [channel], customers, ratePerSecond: 10 });
  await Promise.all(customers.map(({ id }) => office?.delivery.request(aRequest({ customerId: id }))));

  await office.finish();

  expect(counted.asked).toBe(100);
  expect(office.clock.now() - noonMs).toBeGreaterThan(9 * secondMs);
});

it('what happened days ago and is asked for now has its whole day from now on', async () => {
  const sms = moodyChannel('sms', new ChannelError('transient', { message: '429', isThrottled: true }));
  const office = await openPostOffice({ channels: [sms] });

  const deliveries = await office.request(aRequest({ occurredAtMs: noonMs - 48 * 3600 * secondMs }));

  expect(deliveries.find(({ channel }) => channel === 'sms')).toMatchObject({ status: 'pending' });
  sms.mood = undefined;
  await office.finish();
  expect(sms.taken).toHaveLength(1);
});

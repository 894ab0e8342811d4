import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { type MoodyChannel, moodyChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs } from '../support/requests.ts';

const isDown = new ChannelError('transient', { message: 'down' });

/** Once it is down it stays so through every retry: these are for those that are only met by the breaker. */
const patient = { maxAttempts: 1000 };

/** Five orders have shipped, and each SMS has failed. */
async function openWithAnOutage(): Promise<PostOffice & { sms: MoodyChannel }> {
  const sms = moodyChannel('sms', isDown);
  const office = await openPostOffice({ channels: [sms], retry: patient });
  await ship(office, 0, 5);
  return { ...office, sms };
}

type Ship = [office: PostOffice, from: number, count: number, customerId?: string];

async function ship(...[{ request }, from, count, customerId = 'kim']: Ship): Promise<void> {
  const abouts = Array.from({ length: count }, (_, index) => `order-${from + index}`);
  await Promise.all(abouts.map((about) => request(aRequest({ about, customerId }))));
}

describe('a provider that has failed five times in a row', () => {
  it('is left alone for a minute, while mail flows', async () => {
    const { sms, ...office } = await openWithAnOutage();
    expect(office.delivery.breakers()).toEqual(
      new Map([
        ['email', 'closed'],
        ['sms', 'open'],
      ]),
    );

    await ship(office, 5, 20);
    await office.advanceTo(noonMs + minuteMs - 1);

    expect(sms.asked).toHaveLength(5);
    expect(office.emails.all()).toHaveLength(25);
  });

  it('costs what waits for it neither an attempt nor more than one verdict', async () => {
    const { sms, ...office } = await openWithAnOutage();
    await ship(office, 5, 1);

    await office.advanceTo(noonMs + 10 * minuteMs);
    sms.mood = undefined;
    await office.finish();

    const { id } = aRequest({ about: 'order-5' });
    const [entry] = await office.datastore.ledger.find('id', id);
    const delivery = entry?.deliveries.find(({ channel }) => channel === 'sms');
    const verdicts = await office.datastore.ledger.verdicts([id]);
    const held = verdicts.filter(({ untilMs }) => untilMs === noonMs + minuteMs);
    expect(held.map(({ reason }) => reason)).toEqual(['circuit_open']);
    expect(verdicts).toHaveLength(delivery?.attempts ?? 0);
    expect(delivery?.status).toBe('sent');
  });

  it('is asked by one message a minute, as long as it is down', async () => {
    const { sms, ...office } = await openWithAnOutage();
    await ship(office, 5, 20);

    await office.advanceTo(noonMs + 10 * minuteMs);

    expect(sms.asked).toHaveLength(15);
    expect(office.delivery.breakers().get('sms')).toBe('open');
  });

  it('gets everything that has waited when it is back, each once', async () => {
    const { sms, ...office } = await openWithAnOutage();
    await ship(office, 5, 60);
    await office.advanceTo(noonMs + 3.5 * minuteMs);
    sms.mood = undefined;

    await office.advanceTo(noonMs + 4 * minuteMs);

    expect(sms.taken).toHaveLength(65);
    expect(new Set(sms.taken).size).toBe(65);
    expect(office.delivery.breakers().get('sms')).toBe('closed');
    expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 130, sent: 130 });
  });

  it('is said to be so in the log, with the name of the channel and nothing else', async () => {
    const { sms, ...office } = await openWithAnOutage();
    sms.mood = undefined;
    await office.finish();

    const lines = office.logged.filter((line) => line.includes('breaker'));

    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { channel: 'sms', breaker: 'open' },
      { channel: 'sms', breaker: 'half-open' },
      { channel: 'sms', breaker: 'closed' },
    ]);
  });
});

describe('failures that count', () => {
  it.each([
    ['no answer that we know', new Error('socket hang up'), 'open'],
    ['not now', isDown, 'open'],
    ['a mistake of ours, which says nothing', new TypeError('points is not iterable'), 'closed'],
    ['never, which is an answer', new ChannelError('permanent', { message: 'no' }), 'closed'],
  ])('%s', async (_, mood, state) => {
    const office = await openPostOffice({ channels: [moodyChannel('sms', mood)] });

    await ship(office, 0, 5);

    expect(office.delivery.breakers().get('sms')).toBe(state);
  });

  it('do not count when it is we who fail while the provider is probed', async () => {
    const sms = moodyChannel('sms', isDown);
    const office = await openPostOffice({ channels: [sms], retry: patient });
    await ship(office, 0, 6);
    sms.mood = new TypeError('points is not iterable');
    await office.advanceTo(noonMs + hourMs);
    expect(office.delivery.breakers().get('sms')).toBe('half-open');
    sms.mood = undefined;

    await ship(office, 6, 7);
    await office.finish();

    expect(office.delivery.breakers().get('sms')).toBe('closed');
    expect(sms.taken.length).toBeGreaterThan(0);
  });

  it('are set as one likes', async () => {
    const sms = moodyChannel('sms', isDown);
    const breaker = { failureThreshold: 2, resetAfterMs: hourMs };
    const office = await openPostOffice({ channels: [sms], breaker, retry: patient });
    await ship(office, 0, 2);

    sms.mood = undefined;
    await office.advanceTo(noonMs + hourMs - 1);
    expect(sms.taken).toEqual([]);
    await office.advanceTo(noonMs + hourMs);

    expect(sms.taken).toHaveLength(2);
  });
});

it('what is skipped while it is down is skipped at once, and what only we fail stays a dead letter', async () => {
  const { sms, ...office } = await openWithAnOutage();

  await office.request(aRequest({ type: 'price-drop', about: 'price-1', occurredAtMs: 0 }));
  await office.request(aRequest({ about: 'order-9', variables: {} }));

  const lines = await ledgerLines(office.datastore);
  expect(lines).toContain('price-drop kim sms skipped expired');
  expect(lines).toContain('order-shipped kim sms dead_lettered internal_error');
  expect(sms.asked).toHaveLength(5);
});

it('what is skipped when it is to probe leaves that to the next', async () => {
  const sms = moodyChannel('sms', isDown);
  const customers = [aCustomer(), aCustomer({ id: 'lee', phone: '+15550199' })];
  const office = await openPostOffice({ channels: [sms], customers });
  await ship(office, 0, 5, 'lee');
  await ship(office, 5, 1, 'kim');
  await office.datastore.suppressions.add({ address: '+15550199', reason: 'blocked', sinceMs: noonMs });
  sms.mood = undefined;

  await office.advanceTo(noonMs + minuteMs);

  expect(sms.taken).toEqual(['order-shipped:order-5:kim:sms']);
  expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 7, skipped: 5 });
});

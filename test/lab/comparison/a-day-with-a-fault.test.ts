import { expect, test } from 'vitest';
import { dayStartMs, shopDay } from '../../../src/lab/comparison/measure/faults/shop-day.ts';
import { runShop, type Stage } from '../../../src/lab/comparison/measure/faults/shop-run.ts';
import { measureFaults, measureOrdeal } from '../../../src/lab/comparison/measure/faults.ts';
import { createTemplates } from '../../../src/notifications/index.ts';

const templates = createTemplates();
const durable: Stage = { architecture: 'event-sourced', handOver: 'durable', templates };
const entering: Stage = { architecture: 'api-driven', handOver: 'transactional', templates };
const calling: Stage = { architecture: 'api-driven', handOver: 'after-commit', templates };

test('a day as usual: fourteen messages, and nobody waits', async () => {
  const { taken, callerMs } = await runShop(durable);

  expect(taken).toHaveLength(14);
  expect(new Set(taken.map(({ what }) => what)).size).toBe(14);
  expect(callerMs).toEqual(shopDay.map(() => 0));
});

test('the customers get the same in every architecture, by the words of their messages', async () => {
  const inOrder = async (stage: Stage) => (await runShop(stage)).taken.map(({ what }) => what).sort();

  expect(await inOrder(calling)).toEqual(await inOrder(durable));
});

test('the same trouble gives the same run', async () => {
  const trouble = { email: { failureRate: 0.5 } };

  expect(await runShop(durable, trouble)).toEqual(await runShop(durable, trouble));
});

test('what was given up is re-driven when the provider is back, but for what is no longer so', async () => {
  const outage = { fromMs: dayStartMs, toMs: dayStartMs + 10 * 60_000 };

  const { taken, overtaken } = await runShop(durable, { email: { outages: [outage] } });

  // The order is delivered by then: that it has shipped, and all of it, is no news.
  expect(overtaken).toBe(2);
  expect(taken).toHaveLength(12);
  const late = taken.filter(({ what, atMs }) => what.startsWith('email') && atMs >= outage.toMs);
  expect(late).toHaveLength(5);
});

test('a provider that never takes anything loses everything that it was given', async () => {
  const { taken } = await runShop(durable, { email: { failureRate: 1 } });

  expect(taken.filter(({ what }) => what.startsWith('email'))).toEqual([]);
  expect(taken).toHaveLength(7);
});

test('a slow provider keeps the callers of a service waiting that calls it, and nobody else', async () => {
  const slow = { email: { latencyMs: 20_000 } };

  expect(Math.max(...(await runShop(calling, slow)).callerMs)).toBe(20_000);
  expect(Math.max(...(await runShop(durable, slow)).callerMs)).toBe(0);
});

test('who calls within the transaction waits for nobody', async () => {
  expect(Math.max(...(await runShop(entering, { email: { latencyMs: 20_000 } })).callerMs)).toBe(0);
});

test('a dead mailbox makes late what goes there, and nothing else', async () => {
  const deadReceiver = { to: 'ada@example.com', untilMs: dayStartMs + 3 * 60_000 };

  const { taken, overtaken } = await runShop(durable, { deadReceiver });

  expect(taken).toHaveLength(12);
  expect(overtaken).toBe(2);
  const late = taken.filter(({ atMs }) => atMs > dayStartMs + shopDay.length * 1000);
  expect(late.map(({ what }) => what.split(' ').slice(0, 2).join(' '))).toEqual([
    'email ada@example.com',
    'email ada@example.com',
  ]);
});

test('a command that is given twice at once tells nobody twice', async () => {
  for (const stage of [durable, calling, entering]) {
    const { taken } = await runShop(stage, { isGivenTwice: true });
    expect(taken).toHaveLength(14);
    expect(new Set(taken.map(({ what }) => what)).size).toBe(14);
  }
});

test('faults of messages are left out where there are none', async () => {
  const outcomes = await measureFaults(
    { architecture: 'api-driven', handOver: 'after-commit' },
    { kills: 3, stalls: 3, ways: 1 },
  );

  expect(outcomes.map(({ fault }) => fault)).toEqual([
    'provider-down',
    'slow-provider',
    'provider-busy',
    'receiver-dead',
    'duplicate-command',
    'crash',
    'two-workers',
  ]);
});

test('a provider that is slow or busy makes mails late, and that is said', async () => {
  const outcomes = await measureFaults(
    { architecture: 'event-sourced', handOver: 'durable' },
    { kills: 1, stalls: 1, ways: 23 },
  );

  const late = Object.fromEntries(outcomes.map((each) => [each.fault, each.late]));
  expect(outcomes.find(({ fault }) => fault === 'out-of-order')).toMatchObject({
    runs: 23,
    lost: 0,
    doubled: 0,
  });
  expect(late['slow-provider']).toBe(7);
  expect(late['provider-busy']).toBeGreaterThan(0);
});

test('where few ways of a fault are to be tried, they are as far from one another as they are', async () => {
  const variant = { architecture: 'event-sourced', handOver: 'in-memory' } as const;
  const outcomes = await measureOrdeal('troubles', variant, { kills: 0, stalls: 0, ways: 6 });

  const runs = Object.fromEntries(outcomes.map((each) => [each.fault, each.runs]));
  // Of 23 every fourth, from the first on.
  expect(runs).toMatchObject({ 'out-of-order': 6, 'provider-down': 1 });
  expect(outcomes.find(({ fault }) => fault === 'out-of-order')).toMatchObject({ lost: 0, doubled: 0 });
});

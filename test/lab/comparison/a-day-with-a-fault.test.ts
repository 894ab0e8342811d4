import { expect, test } from 'vitest';
import type { FaultOutcome } from '../../../src/lab/comparison/comparison.ts';
import { dayStartMs, shopDay, shopMorning } from '../../../src/lab/comparison/measure/faults/shop-day.ts';
import { runShop, type Stage } from '../../../src/lab/comparison/measure/faults/shop-run.ts';
import { measureFaults } from '../../../src/lab/comparison/measure/faults.ts';
import { createTemplates } from '../../../src/notifications/index.ts';

const templates = createTemplates();
const durable: Stage = { architecture: 'event-sourced', handOver: 'durable', templates };
const entering: Stage = { architecture: 'api-driven', handOver: 'transactional', templates };
const calling: Stage = { architecture: 'api-driven', handOver: 'after-commit', templates };

test('a day as usual: twelve messages, and nobody waits', async () => {
  const { taken, callerMs } = await runShop(durable);

  expect(taken).toHaveLength(12);
  expect(new Set(taken.map(({ what }) => what)).size).toBe(12);
  expect(callerMs).toEqual(shopDay.map(() => 0));
});

test('the customers get the same in every architecture, by the words of their messages', async () => {
  const inOrder = async (stage: Stage) => (await runShop(stage)).taken.map(({ what }) => what).sort();

  expect(await inOrder(calling)).toEqual(await inOrder(durable));
});

test('the same trouble gives the same run', async () => {
  const trouble = { email: { failureRate: 0.5 }, diesAtStep: 40 };

  expect(await runShop(durable, trouble)).toEqual(await runShop(durable, trouble));
});

test('a process that dies is followed by another, and its callers repeat what they had asked for', async () => {
  const { steps } = await runShop(durable);

  const { taken } = await runShop(durable, { diesAtStep: Math.floor(steps / 2) });

  expect(new Set(taken.map(({ what }) => what)).size).toBe(12);
});

test('what was given up is re-driven when the provider is back, but for what is no longer so', async () => {
  const outage = { fromMs: dayStartMs, toMs: dayStartMs + 10 * 60_000 };

  const { taken, overtaken } = await runShop(durable, { email: { outages: [outage] } });

  // The order is delivered by then, and that all of it has shipped is no news.
  expect(overtaken).toBe(1);
  expect(taken).toHaveLength(11);
  const late = taken.filter(({ what, atMs }) => what.startsWith('email') && atMs >= outage.toMs);
  expect(late).toHaveLength(5);
});

test('a provider that never takes anything loses everything that it was given', async () => {
  const { taken } = await runShop(durable, { email: { failureRate: 1 } });

  expect(taken.filter(({ what }) => what.startsWith('email'))).toEqual([]);
  expect(taken).toHaveLength(6);
});

test('a slow provider keeps the callers of a service waiting that calls it, and nobody else', async () => {
  const slow = { email: { latencyMs: 20_000 } };

  expect(Math.max(...(await runShop(calling, slow)).callerMs)).toBe(20_000);
  expect(Math.max(...(await runShop(durable, slow)).callerMs)).toBe(0);
});

test('who calls within the transaction waits for nobody, and loses nothing at any step of a day', {
  timeout: 60_000,
}, async () => {
  const { steps, taken } = await runShop(entering, { commands: shopMorning });
  expect(taken).toHaveLength(4);
  expect(Math.max(...(await runShop(entering, { email: { latencyMs: 20_000 } })).callerMs)).toBe(0);

  const lost: string[] = [];
  for (let step = 1; step <= steps; step++) {
    const run = await runShop(entering, { commands: shopMorning, diesAtStep: step });
    const got = new Set(run.taken.map(({ what }) => what));
    lost.push(...taken.flatMap(({ what }) => (got.has(what) ? [] : `${step}: ${what}`)));
  }
  expect(lost).toEqual([]);
});

test('faults of messages are left out where there are none', { timeout: 60_000 }, async () => {
  const outcomes = await measureFaults({ architecture: 'api-driven', handOver: 'after-commit' });

  expect(outcomes.map(({ fault }) => fault)).toEqual(['provider-down', 'slow-provider', 'crash']);
  const { expected, runs, doubled } = outcomes[2] as FaultOutcome;
  expect(expected).toBe(runs * 4);
  expect(doubled).toBeGreaterThan(0);
});

import { describe, expect, test } from 'vitest';
import { stallLoadOf, stallMs } from '../../../src/lab/comparison/measure/stalls/stall-load.ts';
import { playStalls } from '../../../src/lab/comparison/measure/stalls/stalled-shop.ts';
import { measureStalls } from '../../../src/lab/comparison/measure/stalls.ts';
import { variants } from '../../../src/lab/comparison/measure/variants.ts';

test('the same load for the same seed, each worker stands still, longer than a lease, and one at a time', () => {
  const load = stallLoadOf(20);

  expect(stallLoadOf(20)).toEqual(load);
  expect(stallLoadOf(20, 2)).not.toEqual(load);
  expect(new Set(load.stalls.map(({ worker }) => worker))).toEqual(new Set([0, 1]));
  for (const [index, { fromMs, untilMs }] of load.stalls.entries()) {
    expect(untilMs - fromMs).toBe(stallMs);
    expect(fromMs).toBeGreaterThan(load.stalls[index - 1]?.untilMs ?? 0);
  }
  // Some orders ship before a worker stands still, some when it does.
  const isDuring = (atMs: number) =>
    load.stalls.some(({ fromMs, untilMs }) => fromMs < atMs && atMs < untilMs);
  expect(new Set(load.commandsMs.map(isDuring))).toEqual(new Set([true, false]));
});

test('when neither stands still, everybody is told of everything once', async () => {
  const load = { ...stallLoadOf(5), stalls: [] };

  for (const variant of variants) {
    const journal = await playStalls(variant, load);
    expect(journal.size).toBe(load.commandsMs.length * 2);
    expect([...journal.values()].every((taken) => taken.length === 1)).toBe(true);
  }
});

describe.each(variants)('$architecture, $handOver', (variant) => {
  test('nothing is lost, nobody is told twice under another key, and what was in hand is late', async () => {
    const outcome = await measureStalls(variant, 15);

    expect(outcome).toMatchObject({ runs: 15, sampled: 'stall', lost: 0, doubled: 0, callerBlockedMs: 0 });
    expect(outcome.runsThatRepeated).toBeGreaterThan(0);
    expect(outcome.late).toBeGreaterThan(0);
    expect(outcome.late).toBeLessThan(outcome.expected);
  });
});

test('the same stalls give the same figures', async () => {
  const variant = { architecture: 'pipeline', handOver: 'in-memory' } as const;

  expect(await measureStalls(variant, 10)).toEqual(await measureStalls(variant, 10));
});

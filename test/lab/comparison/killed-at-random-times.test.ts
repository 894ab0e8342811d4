import { describe, expect, test } from 'vitest';
import { effectsOf } from '../../../src/lab/comparison/measure/effects.ts';
import { playKills } from '../../../src/lab/comparison/measure/kills/killed-shop.ts';
import { loadOf } from '../../../src/lab/comparison/measure/kills/load.ts';
import { measureKills } from '../../../src/lab/comparison/measure/kills.ts';
import { variants } from '../../../src/lab/comparison/measure/variants.ts';

const remembers = (handOver: string): boolean => handOver === 'durable' || handOver === 'transactional';

test('the same load for the same seed, with kills far enough apart to have done something between them', () => {
  const load = loadOf(50);

  expect(loadOf(50)).toEqual(load);
  expect(loadOf(50, 2)).not.toEqual(load);
  const gaps = load.killsMs.map((killMs, index) => killMs - (load.killsMs[index - 1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(120);
  // Twenty orders a second, give or take what chance does.
  const perSecond = (load.commandsMs.length / (load.killsMs.at(-1) ?? 1)) * 1000;
  expect(perSecond).toBeGreaterThan(13);
  expect(perSecond).toBeLessThan(27);
});

test('without a kill, everybody is told of everything once', async () => {
  const load = { ...loadOf(5), killsMs: [] };

  for (const variant of variants) {
    const journal = await playKills(variant, load);
    expect(journal.size).toBe(load.commandsMs.length * 2);
    expect([...journal.values()].every((taken) => taken.length === 1)).toBe(true);
  }
});

describe.each(variants)('$architecture, $handOver', (variant) => {
  test('loses in a kill only where nothing remembers, and nobody is told twice under another key', async () => {
    const outcome = await measureKills(variant, 60);

    expect(outcome).toMatchObject({ runs: 60, sampled: 'kill', doubled: 0, runsThatDoubled: 0 });
    if (remembers(variant.handOver)) expect(outcome.lost).toBe(0);
    else expect(outcome.runsThatLost).toBeGreaterThan(0);
    expect(outcome.runsThatRepeated).toBeGreaterThan(0);
  });
});

test('the same kills give the same figures', async () => {
  const variant = { architecture: 'pipeline', handOver: 'in-memory' } as const;

  expect(await measureKills(variant, 20)).toEqual(await measureKills(variant, 20));
});

test('what is lost, repeated and doubled is counted once for the kill that did it', () => {
  const load = { commandsMs: [5, 10, 30], killsMs: [20, 40] };
  const sent = (key: string, atMs: number) => ({ key, atMs });

  expect(
    effectsOf(
      load.commandsMs,
      load.killsMs,
      new Map([
        // Lost: both messages of the second order, by the first kill.
        ['ord-0 email', [sent('a', 15), sent('a', 25)]],
        ['ord-0 sms', [sent('b', 15), sent('b', 25), sent('b', 45)]],
        ['ord-2 email', [sent('c', 35), sent('d', 45)]],
        ['ord-2 sms', [sent('e', 35)]],
      ]),
    ),
  ).toEqual({
    lost: 2,
    doubled: 1,
    repeated: 3,
    runsThatLost: 1,
    runsThatDoubled: 1,
    runsThatRepeated: 2,
  });
});

import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';

const startMs = Date.parse('2026-03-02T10:00:00Z');

function openIds({ seed = 1, clock = new VirtualClock(startMs) } = {}) {
  const ids = createIds(clock, seededRandom(seed));
  return { clock, take: (count: number) => Array.from({ length: count }, () => ids.next()) };
}

const nothingToSettle = async (): Promise<void> => {};

test('an id is a UUID of version 7', () => {
  const [id] = openIds().take(1);

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('an id begins with the time of the clock', () => {
  const [id = ''] = openIds().take(1);

  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(startMs);
});

test('ids are sorted by the time of their making', async () => {
  const { clock, take } = openIds();

  const ids = take(1);
  for (const laterMs of [1, 999, 86_400_000]) {
    await clock.advanceTo(startMs + laterMs, nothingToSettle);
    ids.push(...take(1));
  }

  expect(ids).toEqual([...ids].sort());
});

test('within one millisecond all ids differ and are sorted by their making', () => {
  const ids = openIds().take(20_000);

  expect(new Set(ids).size).toBe(20_000);
  expect(ids).toEqual([...ids].sort());
});

test('the same clock and seed give the same ids again, another seed gives others', () => {
  const ids = openIds({ seed: 7 }).take(10);

  expect(openIds({ seed: 7 }).take(10)).toEqual(ids);
  expect(openIds({ seed: 8 }).take(10)).not.toEqual(ids);
});

test('it is written as the library writes it', () => {
  const random = seededRandom(1);

  expect(openIds().take(3)).toEqual(
    [1, 2, 3].map((seq) => v7({ msecs: startMs, seq, random: random.bytes(16) })),
  );
});

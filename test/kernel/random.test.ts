import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Random, seededRandom, systemRandom } from '../../src/kernel/index.ts';

const numbers = (random: Random, count = 1000): number[] =>
  Array.from({ length: count }, () => random.next());

test('a seed gives the same numbers and bytes on every machine', () => {
  const random = seededRandom(42);

  expect(numbers(random, 3)).toEqual([0.8122404688037932, 0.2943179775029421, 0.6865628419909626]);
  expect([...random.bytes(4)]).toEqual([17, 100, 146, 38]);
});

test('different seeds give different numbers', () => {
  expect(numbers(seededRandom(1), 5)).not.toEqual(numbers(seededRandom(2), 5));
});

test('two generators of one seed do not disturb each other', () => {
  const [one, other] = [seededRandom(3), seededRandom(3)];

  numbers(one, 10);

  expect(numbers(other, 5)).toEqual(numbers(seededRandom(3), 5));
});

test('numbers are in [0, 1), whatever the seed', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(numbers(seededRandom(seed), 100).filter((number) => !(number >= 0 && number < 1))).toEqual([]);
    }),
    { seed: 1 },
  );
});

/** How many of the numbers lie in each tenth of [0, 1). */
function tenths(drawn: readonly number[]): number[] {
  return Array.from(
    { length: 10 },
    (_, tenth) => drawn.filter((number) => Math.floor(number * 10) === tenth).length,
  );
}

test('the numbers of one seed fill the whole range evenly', () => {
  for (const count of tenths(numbers(seededRandom(5), 10_000)))
    expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('so do the first numbers of successive seeds', () => {
  for (const draw of [0, 1, 2]) {
    const drawn = Array.from({ length: 10_000 }, (_, seed) => numbers(seededRandom(seed), 3)[draw] ?? 0);

    for (const count of tenths(drawn)) expect(Math.abs(count - 1000)).toBeLessThan(150);
  }
});

test.each([
  { name: 'seeded', random: seededRandom(1) },
  { name: 'system', random: systemRandom() },
])('$name randomness gives as many bytes as asked for, and not all the same', ({ random }) => {
  expect(random.bytes(0)).toHaveLength(0);
  expect(random.bytes(16)).toHaveLength(16);
  expect(new Set(random.bytes(256)).size).toBeGreaterThan(100);
});

test('system randomness gives numbers in [0, 1) that differ', () => {
  const drawn = numbers(systemRandom(), 100);

  expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(drawn).size).toBeGreaterThan(90);
});

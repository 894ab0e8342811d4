import fc from 'fast-check';
import { expect, test } from 'vitest';
import { perThousand, rateOf } from '../../../src/lab/comparison/rates.ts';
import { ranked, spreadOf } from '../../../src/lab/comparison/rounds.ts';

test('Wilson’s interval, as tables have it', () => {
  expect(perThousand(10, 100)).toBe('100 (55–174)');
  expect(perThousand(0, 100)).toBe('0 (0–37)');
  expect(perThousand(200, 200)).toBe('1,000 (981–1,000)');
});

test('an interval holds the share that was found, within 0 and 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (of, wanted) => {
      const { share, least, most } = rateOf(Math.min(wanted, of), of);
      expect(least).toBeGreaterThanOrEqual(0);
      expect(least).toBeLessThanOrEqual(share + 1e-12);
      expect(most).toBeGreaterThanOrEqual(share - 1e-12);
      expect(most).toBeLessThanOrEqual(1);
    }),
  );
});

test('the median, and how far the rounds lie apart', () => {
  expect(spreadOf([3, 1, 9])).toEqual({ median: 3, least: 1, most: 9 });
  expect(spreadOf([4, 1, 2, 9])).toEqual({ median: 3, least: 1, most: 9 });
});

test('whoever was quicker in every round comes first; where it was once the other way round, they are equal', () => {
  expect(
    ranked([
      { name: 'slow', figures: [9, 8, 9] },
      { name: 'quick', figures: [1, 2, 1] },
      { name: 'as quick', figures: [2, 1, 2] },
    ]),
  ).toEqual([['quick', 'as quick'], ['slow']]);
});

test('everybody is ranked, once', () => {
  const rounds = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(rounds, (all) => {
      const named = all.map((figures, name) => ({ name, figures }));
      expect(ranked(named).flat().sort()).toEqual(named.map(({ name }) => name));
    }),
  );
});

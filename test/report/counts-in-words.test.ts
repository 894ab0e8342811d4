import { expect, test } from 'vitest';
import { equationOf, plural } from '../../src/report/index.ts';

test('one of a thing is no plural, and none is', () => {
  expect([0, 1, 2, 1200].map((count) => plural(count, 'delivery', 'deliveries'))).toEqual([
    '0 deliveries',
    '1 delivery',
    '2 deliveries',
    '1,200 deliveries',
  ]);
  expect(plural(2, 'line')).toBe('2 lines');
});

test('the equation of a single delivery says so', () => {
  expect(equationOf({ requested: 1, sent: 1, skipped: 0, deadLettered: 0, pending: 0 })).toBe(
    '1 delivery requested = 1 sent + 0 skipped + 0 dead-lettered + 0 pending',
  );
});

import { expect, test } from 'vitest';
import { RecentMap } from '../../src/kernel/index.ts';

const keys = ['a', 'b', 'c', 'd'];

test('the oldest entries are forgotten', () => {
  const map = new RecentMap<number>(2);
  for (const [index, key] of keys.entries()) map.set(key, index);

  expect(keys.map((key) => map.take(key))).toEqual([undefined, undefined, 2, 3]);
});

test('what was taken is not there any more', () => {
  const map = new RecentMap<number>(2);
  map.set('a', 1);

  expect([map.take('a'), map.take('a'), map.has('a')]).toEqual([1, undefined, false]);
});

test('an entry that is set again has its new value, and pushes nothing out', () => {
  const map = new RecentMap<number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('b', 3);

  expect([map.take('a'), map.take('b')]).toEqual([1, 3]);
});

test('one that may keep nothing keeps nothing', () => {
  const map = new RecentMap<number>(0);
  for (const [index, key] of keys.entries()) map.set(key, index);

  expect(keys.filter((key) => map.has(key))).toEqual([]);
});

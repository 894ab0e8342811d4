import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentIds } from '../../src/bus/recent-ids.ts';

/** The same, by a list. */
class NaiveIds {
  readonly #capacity: number;
  #ids: string[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(id: string): boolean {
    if (this.#capacity > 0 && this.#ids.includes(id)) return false;
    this.#ids = [...this.#ids, id].slice(this.#ids.length + 1 > this.#capacity ? 1 : 0);
    return true;
  }
}

/** Few, so that many come again; and alike, so that many have one hash. */
const uuid = fc
  .tuple(fc.constantFrom('0', '1', 'f'), fc.nat(300))
  .map(([digit, tail]) => `${digit.repeat(8)}-0000-7000-8000-${tail.toString(16).padStart(12, '0')}`);

test('it remembers so many of the latest ids, and forgets those before, as a list would', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 }),
      fc.array(uuid, { maxLength: 2000, size: 'max' }),
      (capacity, ids) => {
        const [recent, naive] = [new RecentIds(capacity), new NaiveIds(capacity)];
        expect(ids.map((id) => recent.add(id))).toEqual(ids.map((id) => naive.add(id)));
      },
    ),
  );
});

test('ids that are no UUIDs, or are written otherwise, are remembered as they are', () => {
  const recent = new RecentIds(10);
  const plain = '019cadfd-8900-7000-8000-07896b2347cd';
  const all = [
    plain,
    plain.toUpperCase(),
    plain.replace('-', '0'),
    plain.replace('c', '\u0163'),
    plain.replace('c', 'g'),
    plain.slice(1),
    '',
  ];

  expect(all.map((id) => recent.add(id))).toEqual(all.map(() => true));
  expect(all.map((id) => recent.add(id))).toEqual(all.map(() => false));
});

test('of what is not a UUID too only the latest are kept', () => {
  const recent = new RecentIds(2);
  for (const id of ['a', 'b', 'c']) recent.add(id);

  expect(['c', 'b', 'a'].map((id) => recent.add(id))).toEqual([false, false, true]);
});

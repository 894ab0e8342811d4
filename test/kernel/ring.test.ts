import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ring } from '../../src/kernel/index.ts';

test('a ring keeps the latest, oldest first', () => {
  const ring = new Ring<string>(3);
  expect(ring.items()).toEqual([]);

  for (const item of ['a', 'b', 'c', 'd', 'e']) ring.add(item);

  expect(ring.items()).toEqual(['c', 'd', 'e']);
});

test('what was read from a ring does not change with it', () => {
  const ring = new Ring<string>(3);
  ring.add('a');
  const items = ring.items();

  ring.add('b');

  expect(items).toEqual(['a']);
});

test('a ring of any capacity, also of none, holds the end of what was added', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.array(fc.integer(), { maxLength: 30 }), (capacity, added) => {
      const ring = new Ring<number>(capacity);
      for (const item of added) ring.add(item);

      expect(ring.items()).toEqual(added.slice(Math.max(0, added.length - capacity)));
    }),
    { seed: 1 },
  );
});

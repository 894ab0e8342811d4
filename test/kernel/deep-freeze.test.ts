import { expect, test } from 'vitest';
import { deepFreeze } from '../../src/kernel/index.ts';

test('nothing of what a value holds can be changed any more', () => {
  const value = { name: 'Kim', tags: ['new'], address: { city: { name: 'Bern' } } };

  expect(deepFreeze(value)).toBe(value);

  expect(() => Object.assign(value.address.city, { name: 'Basel' })).toThrow(TypeError);
  expect(() => value.tags.push('old')).toThrow(TypeError);
  expect(value).toEqual({ name: 'Kim', tags: ['new'], address: { city: { name: 'Bern' } } });
});

test('what was frozen at its surface alone is frozen below it too', () => {
  const value = Object.freeze({ inner: Object.freeze({ list: [1] }) });

  deepFreeze(value);

  expect(() => value.inner.list.push(2)).toThrow(TypeError);
});

test('the same of a list that was frozen with what it holds left as it was', () => {
  const list: readonly { name: string }[] = Object.freeze([{ name: 'Kim' }]);

  deepFreeze({ list });

  expect(() => Object.assign(list[0] ?? {}, { name: 'Lee' })).toThrow(TypeError);
});

test('what takes the place of a frozen value is frozen where it differs, however it has moved', () => {
  const one = { name: 'Kim', tags: ['new'] };
  const before = deepFreeze({ people: [one], town: { name: 'Bern' } });
  const other = { name: 'Lee', tags: ['old'] };

  const after = deepFreeze({ people: [other, one, { ...other, tags: ['late'] }], town: before.town }, before);

  for (const { tags } of after.people) expect(() => tags.push('more')).toThrow(TypeError);
  expect(after.people.map((person) => Object.isFrozen(person))).toEqual([true, true, true]);
});

test('what stood in the value before is not gone through again', () => {
  let looks = 0;
  const known = Object.freeze({
    get inner() {
      looks++;
      return undefined;
    },
  });
  const before = deepFreeze({ list: [known], known });
  looks = 0;

  deepFreeze({ list: [known, 'more'], known }, before);

  expect(looks).toBe(0);
});

test('a circle comes to an end', () => {
  const value: { name: string; self?: unknown } = { name: 'Kim' };
  value.self = { value };

  deepFreeze(value);
  deepFreeze(value);

  expect(Object.isFrozen(value.self)).toBe(true);
});

test.each([undefined, null, 7, 'text', true, new Uint8Array(2)])('%s stays what it is', (value) => {
  expect(deepFreeze(value)).toBe(value);
});

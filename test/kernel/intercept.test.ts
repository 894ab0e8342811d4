import { expect, test } from 'vitest';
import { intercept } from '../../src/kernel/index.ts';

class Counter {
  readonly name = 'counter';
  #count = 0;

  add(by: number): number {
    this.#count += by;
    return this.#count;
  }

  get count(): number {
    return this.#count;
  }
}

test('a part without hooks is as it was, its private fields too', () => {
  const counter = intercept(new Counter(), {});

  expect([counter.add(2), counter.add(3), counter.count, counter.name]).toEqual([2, 5, 5, 'counter']);
  expect(counter).toBeInstanceOf(Counter);
});

test('what is said to stand in place of a member does, and nothing else', () => {
  const own = new Counter();
  const counter = intercept(own, { instead: { add: (by) => own.add(10 * by) } });

  expect([counter.add(2), counter.count]).toEqual([20, 20]);
});

test('every call passes the hook, by its name, and its answer is the answer', () => {
  const called: string[] = [];
  const counter = intercept(new Counter(), {
    around(method, call) {
      called.push(method);
      return `${call()} in words`;
    },
  });

  expect([counter.add(1), counter.count]).toEqual(['1 in words', 1]);
  expect(called).toEqual(['add']);
});

test('a method is the same one each time it is asked for, and the new one once it is replaced', () => {
  const part = { say: () => 'before' };
  const passed = intercept(part, {});
  const { say } = passed;
  expect(passed.say).toBe(say);

  part.say = () => 'after';

  expect(passed.say()).toBe('after');
});

test('each object in a part is wrapped once, when it is first used; the part may be spread', () => {
  const wrapped: string[] = [];
  const shop = intercept(
    { door: { open: () => 'open' }, window: { open: () => 'ajar' }, floors: 2 },
    {
      within(name, member) {
        wrapped.push(name);
        return intercept(member, { around: (method, call) => `${name} ${method}: ${call()}` });
      },
    },
  );
  expect(wrapped).toEqual([]);

  expect([shop.door.open(), shop.door.open(), shop.floors]).toEqual([
    'door open: open',
    'door open: open',
    2,
  ]);
  expect(wrapped).toEqual(['door']);
  expect({ ...shop }.window.open()).toBe('window open: ajar');
});

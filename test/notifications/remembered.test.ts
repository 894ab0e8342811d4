import { expect, it } from 'vitest';
import { remembered } from '../../src/notifications/remembered.ts';

it('something is made of each text once', () => {
  const made: string[] = [];
  const lengthOf = remembered((text) => made.push(text) && text.length);

  expect([lengthOf('de'), lengthOf('en-US'), lengthOf('de')]).toEqual([2, 5, 2]);
  expect(made).toEqual(['de', 'en-US']);
});

it('whoever invents texts fills no memory: a thousand are kept', () => {
  const made: string[] = [];
  const lengthOf = remembered((text) => made.push(text) && text.length);
  for (let text = 0; text <= 1000; text++) lengthOf(`x-${text}`);

  lengthOf('x-1000');
  expect(made).toHaveLength(1001);
  lengthOf('x-0');
  expect(made.at(-1)).toBe('x-0');
});

import { expect, test } from 'vitest';
import { rememberLast } from '../../src/kernel/index.ts';

test('what was asked last is not worked out again, and everything else is', () => {
  const asked: (number | undefined)[] = [];
  const double = rememberLast((value: number | undefined) => {
    asked.push(value);
    return (value ?? 0) * 2;
  });

  expect([undefined, undefined, 3, 3, 4, 3, undefined].map((value) => double(value))).toEqual([
    0, 0, 6, 6, 8, 6, 0,
  ]);
  expect(asked).toEqual([undefined, 3, 4, 3, undefined]);
});

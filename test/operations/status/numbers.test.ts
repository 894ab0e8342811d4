import { expect, test } from 'vitest';
import { inPercent, inWords, onAverage } from '../../../src/report/numbers.ts';

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [1240, '1.2 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min'],
  [90_000, '1.5 min'],
  [3_600_000, '1 h'],
  [28_800_000, '8 h'],
  [172_799_999, '2 d'],
  [8_640_000_000, '100 d'],
  [86_400_000_000, '1,000 d'],
  // By a clock that was set back.
  [-5, '-5 ms'],
  [-90_000, '-1.5 min'],
])('%i ms is %s', (durationMs, words) => {
  expect(inWords(durationMs)).toBe(words);
});

test.each([
  [1, '100 %'],
  [0.99999, '99.9 %'],
  [0.97, '97 %'],
  [0, '0 %'],
  [null, '–'],
])('a rate of %d is %s, and only that of all is 100', (rate, words) => {
  expect(inPercent(rate)).toBe(words);
});

test.each([
  [1, '1'],
  [1.0549, '1.05'],
  [null, '–'],
])('%d attempts on average are %s', (average, words) => {
  expect(onAverage(average)).toBe(words);
});

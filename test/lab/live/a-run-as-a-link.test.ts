import { describe, expect, test } from 'vitest';
import { runOf, wordOf } from '../../../src/lab/live/run-link.ts';
import { aLab } from './a-lab.ts';

test('a run is played again from its link, and ends as it did', async () => {
  const lab = await aLab();
  await lab.act('email-busy');
  for (let count = 0; count < 3; count++) await lab.act('order');
  await lab.advance(1000);
  await lab.act('kill-after-yes');
  await lab.act('restart');
  await lab.advance(120_000);
  await lab.act('ship');
  const before = lab.state();

  await lab.replay(before.run);

  expect(lab.state()).toEqual(before);
  expect(runOf(before.run)).toHaveLength(7);
});

describe('a link that holds no run', () => {
  const word = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test.each([
    ['nothing', ''],
    ['no JSON', 'abc'],
    ['no list', word({})],
    [
      'time that goes back',
      word([
        [5, 'order'],
        [4, 'order'],
      ]),
    ],
    ['a time before the beginning', word([[-1, 'order']])],
    ['more than a year', word([[40_000_000_000, 'order']])],
    ['too much', word(Array.from({ length: 501 }, () => [0, 'order']))],
  ])('%s is refused in one line', (_, link) => {
    expect(() => runOf(link)).toThrow('the link holds no run of the lab');
  });

  test('one with an action that there is not names those that there are', () => {
    expect(() => runOf(word([[0, 'explode']]))).toThrow('there is no action "explode"');
  });
});

test('a run and its link say the same', () => {
  const run = [{ afterMs: 0, name: 'order' } as const, { afterMs: 1500, name: 'ship' } as const];
  expect(runOf(wordOf(run))).toEqual(run);
});

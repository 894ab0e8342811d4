import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions } from '../../../src/lab/live/actions.ts';
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
  expect(before.run).toBe('2.B3xO1sYU2mS');
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
    ['a code that there is not', '2.Q'],
    ['times without an action', '2.3x'],
    ['something behind the seed', '2.O.7.7'],
    ['a seed that is none', '2.O.x'],
    ['a seed that is too large', '2.O.9999999999999999'],
    ['more than a year of this version', '2.9000hO'],
    ['too much of this version', '2.250xO251xO'],
    ['too much', word(Array.from({ length: 501 }, () => [0, 'order']))],
  ])('%s is refused in one line', (_, link) => {
    expect(() => runOf(link)).toThrow('the link holds no run of the lab');
  });

  test('one with an action that there is not names those that there are', () => {
    expect(() => runOf(word([[0, 'explode']]))).toThrow('there is no action "explode"');
  });
});

test('a link of the first version is played still, and its word is written anew', () => {
  const old = 'W1swLCJzbXMtZG93biJdLFswLCJvcmRlciJdLFswLCJvcmRlciJdLFszNjAwMDAwLCJtZW5kIl1d';

  expect(runOf(old).done).toEqual(runOf('2.X2xO1hM').done);
  expect(runOf('W10')).toEqual({ done: [] });
  expect(wordOf(runOf(old))).toBe('2.X2xO1hM');
});

test('what a code stands for never changes: links are kept', () => {
  const all = '2.OSFPHDLBXMVTZKYURaRbRcRgRh';

  expect(runOf(all).done.map(({ name }) => name)).toEqual([
    'order',
    'ship',
    'fail-payment',
    'drop-price',
    'rush',
    'email-down',
    'email-slow',
    'email-busy',
    'sms-down',
    'mend',
    'redrive',
    'repeat',
    'poison',
    'kill-after-commit',
    'kill-after-yes',
    'restart',
    'refuse-ada',
    'refuse-ben',
    'refuse-clara',
    'refuse-gina',
    'refuse-hana',
  ]);
  expect(runOf(all).done).toHaveLength(actions.length);
});

test('times are told from the action before', () => {
  expect(runOf('2.1hO2mS3s2xF4uP').done).toEqual([
    { afterMs: 3_600_000, name: 'order' },
    { afterMs: 3_720_000, name: 'ship' },
    { afterMs: 3_723_000, name: 'fail-payment' },
    { afterMs: 3_723_000, name: 'fail-payment' },
    { afterMs: 3_723_004, name: 'drop-price' },
  ]);
});

test('any run and its link say the same, in signs that a link holds as they are', () => {
  const names = fc.constantFrom(...actions.map(({ name }) => name));
  const steps = fc.array(
    fc.record({
      name: names,
      laterMs: fc.oneof(fc.constant(0), fc.nat(90_000), fc.constantFrom(1000, 60_000, 3_600_000)),
    }),
    { maxLength: 500 },
  );
  fc.assert(
    fc.property(steps, fc.maxSafeInteger(), (all, seed) => {
      let afterMs = 0;
      const done = all.map(({ name, laterMs }) => {
        afterMs += laterMs;
        return { afterMs, name };
      });
      const word = wordOf({ seed, done });
      expect(runOf(word)).toEqual({ seed, done });
      expect(word).toMatch(/^2\.[0-9A-Za-z]*(\.-?\d+)?$/);
    }),
  );
});

test('a link has the seed that it was made with, whatever that of the lab is', async () => {
  const lab = await aLab();
  await lab.act('order');
  const before = lab.state();
  await lab.replay('2.O.7');
  expect(lab.state().run).toBe('2.O.7');

  await lab.replay(before.run);

  expect(lab.state()).toEqual(before);
});

import { expect, test } from 'vitest';
import type { Actuator } from '../../../src/flows/manufacturing/control.ts';
import { bake, buses, failedChecks, only, phaseOne, row } from './a-bakery.ts';

const off = [60.65, 60.8, 61, 61.2, 61.35];

test.each(buses)(
  'too hot a line is shut down, and not adjusted until the chief has reset it (%s)',
  async (busName) => {
    const { report, said } = await bake(busName, [
      ...phaseOne(),
      row(10, 'temperature', [260]),
      row(11, 'group', off),
      row(12, 'temperature', [260.1]),
      row(13, 'group', off),
      row(14, 'reset', [], { by: 'chief' }),
      row(15, 'temperature', [250]),
      row(16, 'reset', [], { by: 'apprentice' }),
      row(17, 'group', off),
      row(18, 'reset', [], { by: 'chief' }),
      row(19, 'reset', [], { by: 'chief' }),
      row(20, 'group', off),
    ]);

    expect(only(said, 'SafetyShutdown').map(({ data }) => [data.reason, data.value])).toEqual([
      ['too_hot', 260.1],
    ]);
    expect(only(said, 'ResetRefused').map(({ data }) => data.reason)).toEqual([
      'still_too_hot',
      'no_right',
      'not_shut_down',
    ]);
    expect(only(said, 'ShutdownReset')).toHaveLength(1);
    expect(only(said, 'ParameterAdjusted').map(({ data }) => data.group)).toEqual([9, 12]);
    expect(failedChecks(report)).toEqual([]);
  },
);

test('a sensor that nobody hears for 30 s shuts the line down, and at the end of a lot nobody listens', async () => {
  const silent = await bake('in-memory', [
    row(0, 'temperature', [230]),
    row(29, 'temperature', [230]),
    row(70, 'group', off),
  ]);
  const done = await bake('in-memory', [
    row(0, 'temperature', [230]),
    row(10, 'lot', [10, 9, 1]),
    row(70, 'group', off),
  ]);

  expect(
    only(silent.said, 'SafetyShutdown').map(({ time, data }) => [data.reason, time.slice(11, 19)]),
  ).toEqual([['sensor_silent', '18:00:59']]);
  expect(only(done.said, 'SafetyShutdown')).toEqual([]);
});

/** Does not answer so often. */
const slow = (times: number): Actuator & { calls: number } => ({
  calls: 0,
  async set(_, __, { wait }) {
    if (++this.calls <= times) await wait(10_000);
  },
});

test('an actuator has two seconds, and two more attempts', async () => {
  const actuator = slow(2);
  const { report, said } = await bake('in-memory', [...phaseOne(), row(10, 'group', off)], actuator);

  expect(actuator.calls).toBe(3);
  expect(only(said, 'ParameterAdjusted')).toHaveLength(1);
  expect(only(said, 'SafetyShutdown')).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
});

test('a setting that is tried again does not take the place of a newer one', async () => {
  const { report, said } = await bake(
    'in-memory',
    [...phaseOne(), row(10, 'group', off), row(11, 'group', off)],
    slow(1),
  );

  expect(only(said, 'ParameterAdjusted').map(({ data }) => data.group)).toEqual([10]);
  expect(only(said, 'ParameterAdjusted')[0]?.data.to).toBeCloseTo(0.6, 6);
  expect(report.data.lines).toMatchObject([{ adjusted: 1 }]);
});

test('a line that cannot be adjusted is shut down', async () => {
  const actuator = slow(3);
  const { said } = await bake(
    'in-memory',
    [...phaseOne(), row(10, 'group', off), row(30, 'group', off)],
    actuator,
  );

  expect(only(said, 'SafetyShutdown').map(({ data }) => data.reason)).toEqual(['actuator_failed']);
  expect(only(said, 'ParameterAdjusted')).toEqual([]);
  expect(actuator.calls).toBe(3);
});

test('what no sensor can have meant is turned away', async () => {
  const { report } = await bake('in-memory', [
    row(0, 'temperature', [5000]),
    row(1, 'vibration', [-1]),
    row(2, 'group', [60, 60, 60, 60, 0]),
  ]);

  expect(report.data).toMatchObject({ implausible: 3, lines: [] });
});

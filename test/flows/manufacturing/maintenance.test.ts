import { expect, test } from 'vitest';
import { bake, only, row } from './a-bakery.ts';

const hourly = (speeds: readonly number[]) =>
  speeds.map((speed, hour) => row(hour * 3600, 'vibration', [speed]));
const rising = Array.from({ length: 15 }, (_, hour) => 2 + 0.3 * hour);

test('maintenance is asked for once while the wear lasts, and again when it comes back', async () => {
  const steady = Array.from({ length: 12 }, () => 2);
  const { said } = await bake('in-memory', hourly([...rising, ...steady, ...rising]));

  expect(
    only(said, 'MaintenanceRequested').map(({ data }) => data.dueInHours > 0 && data.dueInHours <= 8),
  ).toEqual([true, true]);
});

test('eleven readings are too few, a motor that does not wear needs nothing, and one that is beyond needs it now', async () => {
  const asked = async (speeds: readonly number[]) =>
    only((await bake('in-memory', hourly(speeds))).said, 'MaintenanceRequested').map(
      ({ data }) => data.dueInHours,
    );

  expect(await asked(rising.slice(0, 11))).toEqual([]);
  expect(await asked(rising.map(() => 6))).toEqual([]);
  expect(await asked(rising.map((speed) => 9 - speed))).toEqual([]);
  expect((await asked(rising.map((speed) => speed + 6)))[0]).toBe(0);
});

import { expect, test } from 'vitest';
import { playRows, registered, row } from './a-service.ts';

test('locks double from a minute to an hour, and begin anew after a day without one', async () => {
  const minutes: number[] = [];
  let at = 0;
  for (const lock of [1, 2, 4, 8, 16, 32, 60, 60]) {
    for (let failure = 0; failure < 5; failure++) minutes.push(at);
    at += lock;
  }
  for (let failure = 0; failure < 5; failure++) minutes.push(at + 24 * 60);
  const wrong = minutes.map((minute) => row(minute, 'login', { password: 'a wrong one' }));
  const { of } = await playRows('in-memory', [...registered, ...wrong]);

  expect(of('AccountLocked').map(({ time, data }) => (data.untilMs - Date.parse(time)) / 60_000)).toEqual([
    1, 2, 4, 8, 16, 32, 60, 60, 1,
  ]);
});

test('a failure counts for a quarter of an hour, and to the millisecond no longer', async () => {
  const wrong = [0, 1, 2, 3].map((minute) => row(minute, 'login', { password: 'a wrong one' }));
  const fifthAt = async (minutes: number) => {
    const rows = [...registered, ...wrong, row(minutes, 'login', { password: 'a wrong one' })];
    return (await playRows('in-memory', rows)).of('AccountLocked').length;
  };

  expect(await fifthAt(15 - 1 / 60_000)).toBe(1);
  expect(await fifthAt(15)).toBe(0);
});

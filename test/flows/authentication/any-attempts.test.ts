import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import type { BusName } from '../a-life.ts';
import { playRows, registered, row, staple } from './a-service.ts';
import { naiveLocks } from './oracle.ts';

const attempt = fc.record({
  // Mostly wrong, so that locks follow each other; sometimes at the same moment, sometimes a day later.
  isRight: fc.integer({ min: 0, max: 11 }).map((number) => number === 0),
  device: fc.constantFrom('laptop', 'phone', 'bot', 'bot', 'bot'),
  afterS: fc.constantFrom(0, 1, 7, 20, 61, 61, 125, 250, 899, 900, 901, 3601, 90_000),
});

const attempts = fc.array(attempt, { minLength: 5, maxLength: 60 }).map((all) => {
  let atMs = row(0, 'login').atMs;
  return all.map(({ isRight, device, afterS }): AuthRow => {
    atMs += afterS * 1000;
    return row(0, 'login', { atMs, device, password: isRight ? staple : 'a wrong one' });
  });
});

async function agree(busName: BusName, rows: readonly AuthRow[]): Promise<void> {
  const { of, report } = await playRows(busName, [...registered, ...rows]);
  // One after the other, though many may come at the same moment.
  const byAttempt = new Map(of('LoginAttempted').map(({ data }) => [data.attemptId, data.outcome]));
  const outcomes = of('LoginRequested').map(({ data }) => byAttempt.get(data.attemptId));

  expect({
    outcomes,
    locks: of('AccountLocked').map(({ time, data }) => `${Date.parse(time)} until ${data.untilMs}`),
  }).toEqual(naiveLocks(rows, staple));
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
}

test('whoever tries whatever when, it is locked as somebody would who counts on paper', async () => {
  await fc.assert(
    fc.asyncProperty(attempts, (rows) => agree('in-memory', rows)),
    { numRuns: 60, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(attempts, (rows) => agree('durable', rows)),
    { numRuns: 8, seed: 2 },
  );
});

import { expect, test } from 'vitest';
import { runHere } from './a-run.ts';

const loadOf = async (count: number, seed: number) => {
  const { isWell, stdout } = await runHere({ stress: count, seed, json: true, verbose: true });
  const { requests, deadLetters, audit, tally } = JSON.parse(stdout);
  return { isWell, requests, deadLetters, audit, tally };
};

test('all of it gets through', async () => {
  const { isWell, requests, deadLetters, tally } = await loadOf(500, 1);

  expect({ isWell, deadLetters }).toEqual({ isWell: true, deadLetters: [] });
  expect(requests).toHaveLength(500);
  expect(tally.sent + tally.skipped).toBe(500);
});

test('the same seed makes the same load, ids and times included; another makes another', async () => {
  const first = await loadOf(50, 1);

  expect(await loadOf(50, 1)).toEqual(first);
  expect((await loadOf(50, 2)).requests).not.toEqual(first.requests);
});

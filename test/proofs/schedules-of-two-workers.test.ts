import { expect, it, test } from 'vitest';
import { checkTogetherSchedules } from './two-workers/check.ts';
import { leavesOrphans, takesALeaseThatIsHeld, writesOutcomesUnfenced } from './two-workers/planted.ts';

const shop = { architecture: 'event-sourced', bus: 'durable' } as const;

/** A part of a thousand; the others are played with what takes long. */
it('50 schedules in which two workers share a datastore break no promise', async () => {
  expect(await checkTogetherSchedules({ ...shop, runs: 50, seed: 5 })).toBeUndefined();
});

test.each([
  ['what became of a delivery is written under no lease', writesOutcomesUnfenced, /wrote while/],
  ['a lease is taken that has not run out', takesALeaseThatIsHeld, /sent once more|doubled|no end of steps/],
  ['what another had in hand stays there', leavesOrphans, /still pending/],
])('they see within 100 when %s', async (_bug, alter, said) => {
  expect(await checkTogetherSchedules({ ...shop, runs: 100, seed: 5, alter })).toMatch(said);
});

test('what has failed says what had happened, and how to repeat it', async () => {
  const planted = { ...shop, runs: 100, seed: 5, alter: leavesOrphans };
  const broken = (await checkTogetherSchedules(planted)) ?? expect.fail('nothing was found');
  const path = / --workers 2 .*--seed 5 --path (\S+)$/.exec(broken)?.[1] ?? expect.fail(broken);

  const again = await checkTogetherSchedules({ ...planted, path });

  expect(again?.split('\n').slice(0, -1)).toEqual(broken.split('\n').slice(0, -1));
  expect(broken).toContain('in the end: ');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAtMs, type Row } from '../../../src/flows/moderation/input.ts';
import { type BusName, failedChecks, moderate, only } from './a-forum.ts';
import { expectedOf } from './oracle.ts';

const texts = [
  'the quick brown fox jumps over the lazy dog today',
  'nobody in this village has ever seen such a winter',
  'we sell the finest carpets of the whole old town',
  'this sh1t is what they call music around here',
];

const deed = fc.record({
  afterMinutes: fc.constantFrom(1, 1, 5, 60, 60 * 20, 60 * 24 * 8, 60 * 24 * 184),
  who: fc.constantFrom('ann', 'ben', 'cai', 'rev1', 'rev2'),
  does: fc.constantFrom<Row['does'][]>(
    'post',
    'post',
    'post',
    'post',
    'publish',
    'remove',
    'remove',
    'warn',
    'appeal',
    'restore',
    'uphold',
  ),
  about: fc.nat({ max: 20 }),
  isNamed: fc.boolean(),
  score: fc.constantFrom<Row['score'][]>(0.05, 0.2, 0.21, 0.5, 0.7, 0.89, 0.9, 0.97, 'none'),
  reach: fc.constantFrom(0, 1, 10, 100),
  text: fc.nat({ max: texts.length + 4 }),
});

const conduct = fc.array(deed, { minLength: 1, maxLength: 40 }).map((deeds) => {
  let atMs = beginsAtMs;
  let posted = 0;
  return deeds.map(({ afterMinutes, who, does, about, isNamed, score, reach, text }, index): Row => {
    atMs += afterMinutes * 60_000;
    if (does === 'post')
      return {
        atMs,
        who,
        does,
        contentId: `p${posted++}`,
        reach,
        score,
        text: texts[text] ?? `a text like no other one ${index} ${index * 7919}`,
      };
    const contentId = `p${about % Math.max(posted, 1)}`;
    const mayBeAny = does === 'publish' || does === 'remove' || does === 'warn';
    return {
      atMs,
      who,
      does,
      contentId: mayBeAny && !isNamed ? '' : contentId,
      reach: 0,
      score: null,
      text: 'rules',
    };
  });
});

async function agree(busName: BusName, rows: readonly Row[]): Promise<void> {
  const { report, said, mails } = await moderate(busName, rows);
  const { contents, strikes, queue } = report.data as {
    contents: readonly { contentId: string; status: string; by: string | null }[];
    strikes: object;
    queue: readonly string[];
  };
  const refusals = only(said, 'RequestRefused').map(({ data }) => `${data.by} ${data.reason}`);

  expect({
    ends: contents.map(({ contentId, status, by }) => `${contentId} ${status} ${by}`),
    strikes,
    queue,
    refusals: refusals.sort(),
  }).toEqual(expectedOf(rows));
  expect(failedChecks(report)).toEqual([]);
  // One mail for each statement.
  const { sent } = report.data.statements as { sent: number };
  expect(mails).toHaveLength(sent);
}

test('whatever people do, each text has the end that the rules say, and the queue is in order', async () => {
  await fc.assert(
    fc.asyncProperty(conduct, (rows) => agree('in-memory', rows)),
    { numRuns: 100, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(conduct, (rows) => agree('durable', rows)),
    { numRuns: 10, seed: 2 },
  );
});

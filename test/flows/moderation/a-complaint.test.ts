import { expect, test } from 'vitest';
import { rules } from '../../../src/flows/moderation/rules.ts';
import { failedChecks, moderate, only, row } from './a-forum.ts';

const minutes = (ms: number): number => ms / 60_000;
const removed = [row(0, 'ann', 'post', 'p1', { score: 0.5 }), row(1, 'rev1', 'remove', 'p1')];

test.each([
  ['by who decided first', [row(2, 'ann', 'appeal', 'p1'), row(3, 'rev1', 'restore', 'p1')], 'decided_first'],
  ['by its own author', [row(2, 'ann', 'appeal', 'p1'), row(3, 'ann', 'restore', 'p1')], 'in_ones_own_cause'],
  ['that nobody asked for', [row(3, 'rev2', 'restore', 'p1')], 'no_open_appeal'],
  ['by somebody else', [row(2, 'ben', 'appeal', 'p1'), row(3, 'rev2', 'restore', 'p1')], 'not_the_author'],
  ['about nothing', [row(2, 'ann', 'appeal', 'p9')], 'nothing_to_appeal'],
  [
    'a second time',
    [row(2, 'ann', 'appeal', 'p1'), row(3, 'rev2', 'uphold', 'p1'), row(4, 'ann', 'appeal', 'p1')],
    'appealed_before',
  ],
  ['too late', [row(2 + minutes(rules.appealWithinMs), 'ann', 'appeal', 'p1')], 'too_late'],
])('a complaint %s changes nothing', async (_, deeds, reason) => {
  const { report, said } = await moderate('in-memory', [...removed, ...deeds]);

  expect(only(said, 'RequestRefused')[0]?.data.reason).toBe(reason);
  expect(report.data).toMatchObject({ totals: { removed: 1 }, strikes: { ann: 1 } });
  expect(failedChecks(report)).toEqual([]);
});

test('to the last millisecond of six months a complaint is heard', async () => {
  const lastMinute = 1 + minutes(rules.appealWithinMs);
  const { report } = await moderate('in-memory', [
    ...removed,
    row(lastMinute, 'ann', 'appeal', 'p1'),
    row(lastMinute + 1, 'rev2', 'restore', 'p1'),
  ]);

  expect(report.data).toMatchObject({
    totals: { published: 1, removed: 0 },
    strikes: {},
    appeals: { restored: 1 },
  });
});

test('whose strike is withdrawn may write again, and what was restored may be said again', async () => {
  const text = 'seven words that nobody would say twice';
  const muted = [
    row(0, 'ann', 'post', 'p1', { score: 0.5, text }),
    row(1, 'rev1', 'remove', 'p1'),
    row(2, 'ann', 'post', 'p2', { score: 0.97 }),
    row(3, 'ann', 'post', 'p3', { score: 0.1 }),
    row(4, 'ben', 'post', 'p4', { score: 0.1, text }),
  ];
  const { report, said } = await moderate('in-memory', [
    ...muted,
    row(5, 'ann', 'appeal', 'p1'),
    row(6, 'rev2', 'restore', 'p1'),
    row(7, 'ann', 'post', 'p5', { score: 0.1 }),
    row(8, 'cai', 'post', 'p6', { score: 0.1, text }),
  ]);
  const ends = (report.data.contents as { contentId: string; status: string }[]).map(({ status }) => status);

  // p1 is back, p2 is out, p3 came from one who was muted, p4 was a copy of what was out.
  expect(ends).toEqual(['published', 'removed', 'refused', 'removed', 'published', 'removed']);
  expect(only(said, 'ContentFlagged').map(({ data }) => [data.contentId, data.like])).toEqual([
    ['p4', 'p1'],
    ['p6', 'p4'],
  ]);
});

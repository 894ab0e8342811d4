import { expect, test } from 'vitest';
import { beginsAtMs } from '../../../src/flows/moderation/input.ts';
import { buses, failedChecks, moderate, only, sampleRows } from './a-forum.ts';

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report, said, shown } = await moderate(busName, await sampleRows());

  expect(report.data).toMatchObject({
    contents: [
      { contentId: 'p1', status: 'published', by: 'machine', reason: 'harmless' },
      { contentId: 'p2', status: 'removed', by: 'machine', reason: 'harmful' },
      { contentId: 'p3', status: 'published', by: 'rev1', reason: 'opinion' },
      { contentId: 'p4', status: 'published', by: 'rev1', reason: 'appeal' },
      { contentId: 'p5', status: 'removed', by: 'machine', reason: 'blocked_word' },
      { contentId: 'p6', status: 'removed', by: 'lead', reason: 'privacy' },
      { contentId: 'p7', status: 'removed', by: 'machine', reason: 'near_duplicate' },
      { contentId: 'p8', status: 'refused', by: 'machine', reason: 'author_muted' },
      { contentId: 'p9', status: 'published', by: 'machine', reason: 'harmless' },
    ],
    totals: { published: 4, removed: 4, warned: 0, refused: 1, waiting: 0 },
    strikes: { zed: 2, fay: 1, gus: 1 },
    decisions: { byMachine: 5, byPeople: 3, overdue: 1 },
    appeals: { filed: 1, restored: 1, upheld: 0 },
    // p2, p4, p5, p6, p7, and the answer about p4.
    statements: { sent: 6, failed: 0 },
    queue: [],
  });
  expect(failedChecks(report)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
  expect(only(said, 'AuthorMuted').map(({ data }) => data)).toMatchObject([
    { authorId: 'zed', untilMs: beginsAtMs + 4 * 60_000 + 7 * 86_400_000 },
  ]);
  expect(only(said, 'ReviewOverdue').map(({ time, data }) => [data.contentId, time])).toEqual([
    ['p6', '2026-03-03T10:05:00.000Z'],
  ]);
  expect(Object.fromEntries(shown)).toMatchObject({
    p3: 'publish',
    p4: 'publish',
    p6: 'remove',
  });
});

test('an author is told what was done, why, by whom, and how to complain, and not what was written', async () => {
  const { mails: sent } = await moderate('in-memory', await sampleRows());
  const mails = sent.map(({ to, subject, text }) => ({ to, subject, text }));

  expect(mails.map(({ to, subject }) => `${to} ${subject}`)).toEqual([
    'zed@example.com Your text p2 was removed',
    'zed@example.com Your text p5 was removed',
    'gus@example.com Your text p7 was removed',
    'dee@example.com Your text p4 was removed',
    'dee@example.com Your text p4 is back',
    'fay@example.com Your text p6 was removed',
  ]);
  expect(JSON.stringify(mails[0])).toContain('machine');
  expect(JSON.stringify(mails[3])).toContain('threat');
  expect(JSON.stringify(mails)).not.toContain('neighbour');
});

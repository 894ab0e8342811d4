import pc from 'picocolors';
import { expect, test } from 'vitest';
import { resumeDocument } from '../../../src/operations/resume/report.ts';
import type { ResumeResult } from '../../../src/operations/resume/resume.ts';
import { toLines } from '../../../src/report/index.ts';

const nothing = { pending: 0, inHand: 0, messages: {} };

const aResult: ResumeResult = {
  fromMs: Date.parse('2026-03-02T21:30:00Z'),
  toMs: Date.parse('2026-03-03T06:00:00Z'),
  before: { pending: 1204, inHand: 3, messages: { 'notification-service': 12, timeline: 14 } },
  after: { pending: 0, inHand: 0, messages: { timeline: 14 } },
  ends: new Map([
    ['order-shipped', { sent: 1200, skipped: 10, deadLettered: 0 }],
    ['price-drop', { sent: 0, skipped: 3, deadLettered: 2 }],
  ]),
  deadMessages: 1,
  counts: { requested: 5000, sent: 4000, skipped: 998, deadLettered: 2, pending: 0 },
  subscribers: ['notification-service'],
  newcomers: [],
  wasStopped: false,
};

const drawn = (result: ResumeResult, width = 80): string =>
  toLines(resumeDocument(result), { width, colors: pc.createColors(false) }).join('\n');

test('what was left, what came of it, and where every delivery is', () => {
  expect(drawn(aResult)).toBe(`The shop stopped at 2026-03-02 21:30:00 UTC, and goes on from there.
Left for notification-service: 12 messages of the log.
Left undone: 1,204 deliveries, 3 of them in hand when it stopped.

in this run     sent  skipped  dead
order-shipped  1,200       10     0
price-drop         0        3     2
total          1,200       13     2

5,000 deliveries requested = 4,000 sent + 998 skipped + 2 dead-lettered + 0
pending
The shop's time went from 2026-03-02 21:30:00 to 2026-03-03 06:00:00 UTC.
1 message could not be handled: see npm run dead-letters.
timeline does not run here: up to 14 messages wait for it.`);
});

test('where nothing was left, that is said, and no table is drawn', () => {
  const result = { ...aResult, before: nothing, after: nothing, ends: new Map(), deadMessages: 0 };

  expect(drawn(result)).toBe(`The shop stopped at 2026-03-02 21:30:00 UTC, and goes on from there.
Nothing was left undone.

5,000 deliveries requested = 4,000 sent + 998 skipped + 2 dead-lettered + 0
pending
The shop's time went from 2026-03-02 21:30:00 to 2026-03-03 06:00:00 UTC.`);
});

test('who is new to the log is told of', () => {
  expect(drawn({ ...aResult, newcomers: ['notification-service'] })).toContain(
    "notification-service is new to this datastore's log: events from before are not\nhanded to it.",
  );
});

test('a shop in which nothing ever happened has no time', () => {
  const result = { ...aResult, fromMs: 0, toMs: 0, before: nothing, ends: new Map() };

  expect(drawn(result)).toContain('Nothing has happened in this shop yet.');
  expect(drawn(result)).not.toContain('1970');
});

test.each([50, 60, 80, 100])('no line is wider than a terminal of %i columns', (width) => {
  const lines = drawn(aResult, width).split('\n');

  expect(lines.filter((line) => line.length > width)).toEqual([]);
});

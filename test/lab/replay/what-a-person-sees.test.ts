import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { replayDocument, type TimedReplay } from '../../../src/lab/replay/summary.ts';
import { toLines } from '../../../src/report/index.ts';
import { ProgressBar } from '../../../src/report/progress-bar.ts';

const played: TimedReplay = {
  commands: 5400,
  refused: 0,
  unreadable: 0,
  fromMs: Date.parse('2014-12-02T00:00:00Z'),
  toMs: Date.parse('2017-07-06T00:00:00Z'),
  counts: { requested: 1011, sent: 797, skipped: 213, deadLettered: 1, pending: 0 },
  notifications: [
    {
      notification: 'welcome',
      requested: 3,
      sent: 3,
      skipped: {},
      deadLettered: {},
      pending: 0,
      waited: {},
    },
    {
      notification: 'order-confirmed',
      requested: 1008,
      sent: 794,
      skipped: { no_contact: 13, opted_out: 200 },
      deadLettered: { rejected: 1 },
      pending: 0,
      waited: { quiet_hours: 41 },
    },
  ],
  deadMessages: 0,
  reportLines: undefined,
  wasStopped: false,
  wallMs: 2500,
};

const plain = pc.createColors(false);

test('the summary shows each notification with its reasons, and where every delivery went', () => {
  const lines = toLines(replayDocument(played), { width: Number.POSITIVE_INFINITY, colors: plain });

  expect(lines).toEqual([
    'notification     requested  sent  skipped  dead  waited',
    'welcome                  3     3        0     0       0',
    'order-confirmed      1,008   794      213     1      41  opted_out 200, no_contact 13, rejected 1, waited for quiet_hours 41',
    'total                1,011   797      213     1      41',
    '',
    '1,011 deliveries requested = 797 sent + 213 skipped + 1 dead-lettered + 0 pending',
    '5,400 commands, 2014-12-02 to 2017-07-06 in 2.5 s (2,160 commands/s)',
  ]);
});

test('on a narrow terminal the reasons go below the numbers', () => {
  const lines = toLines(replayDocument(played), { width: 60, colors: plain });

  expect(lines.slice(2, 5)).toEqual([
    'order-confirmed      1,008   794      213     1      41',
    '  opted_out 200, no_contact 13, rejected 1, waited for',
    '  quiet_hours 41',
  ]);
});

test('on a terminal in between they are broken beside the numbers', () => {
  const lines = toLines(replayDocument(played), { width: 90, colors: plain });

  expect(lines.slice(2, 4)).toEqual([
    'order-confirmed      1,008   794      213     1      41  opted_out 200, no_contact 13,',
    '                                                         rejected 1, waited for',
  ]);
  expect(Math.max(...lines.slice(0, 5).map((line) => line.length))).toBeLessThanOrEqual(90);
});

test('bad lines and lost messages are told with the totals', () => {
  const flawed = { ...played, refused: 2, unreadable: 1, deadMessages: 1, reportLines: 1011 };
  const lines = toLines(replayDocument(flawed), { width: Number.POSITIVE_INFINITY, colors: plain });

  expect(lines.slice(-3)).toEqual([
    '5,400 commands and 3 bad lines (2 refused, 1 no command), 2014-12-02 to 2017-07-06 in 2.5 s (2,161 commands/s)',
    '1,011 lines in the report',
    '1 message could not be handled',
  ]);
});

/** A screen that keeps what is drawn, and the clock that the bar looks at. */
function watchBar(screen: { isTTY: boolean; columns?: number }) {
  const drawn: string[] = [];
  const clock = { nowMs: 0 };
  const write = (text: string): void => void drawn.push(stripVTControlCharacters(text).trim());
  return { drawn, clock, bar: new ProgressBar({ ...screen, write }, () => clock.nowMs) };
}

test('the progress bar is drawn ten times a second at most, and taken away', () => {
  const { drawn, clock, bar } = watchBar({ isTTY: true, columns: 26 });

  bar.update({ bytesRead: 10, totalBytes: 100 });
  clock.nowMs = 100;
  bar.update({ bytesRead: 50, totalBytes: 100 });
  clock.nowMs = 150;
  bar.update({ bytesRead: 60, totalBytes: 100 });
  bar.clear();

  expect(drawn).toEqual(['━━━━━━━━━━────────── 50%', '']);
});

test('of a pipe, whose length nobody knows, it says how much was read', () => {
  const { drawn, clock, bar } = watchBar({ isTTY: true });

  clock.nowMs = 100;
  bar.update({ bytesRead: 1_500_000, totalBytes: 0 });

  expect(drawn).toEqual(['1.5 MB']);
});

test('where nobody looks at a terminal, there is no bar', () => {
  const { drawn, clock, bar } = watchBar({ isTTY: false });

  clock.nowMs = 100;
  bar.update({ bytesRead: 50, totalBytes: 100 });
  bar.clear();

  expect(drawn).toEqual([]);
});

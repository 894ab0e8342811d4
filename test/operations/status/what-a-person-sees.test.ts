import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { statusOf } from '../../../src/operations/status/figures.ts';
import { statusDocument } from '../../../src/operations/status/report.ts';
import { toLines } from '../../../src/report/index.ts';
import { aBusyDay, anEmptyDay } from './a-busy-day.ts';

const plain = pc.createColors(false);
const busy = statusOf(aBusyDay);

test('a column for each channel, what waits, and what failed lately', () => {
  const lines = toLines(statusDocument(busy), { width: 80, colors: plain });

  expect(
    lines.join('\n'),
  ).toBe(`23,897 deliveries requested = 14,540 sent + 9,344 skipped + 8 dead-lettered + 5
pending

                              all    email      sms  webhook
requested                  23,897   12,351   11,544        2
sent                       14,540   12,040    2,500        0
  reported delivered        2,450        0    2,450        0
  reported bounced             12       12        0        0
  reported failed               0        0        0        0
skipped                     9,344      311    9,033        0
  no_contact                9,021        0    9,021        0
  opted_out                   323      311       12        0
dead-lettered                   8        0        8        0
  attempts_exhausted            7        0        7        0
  rejected                      1        0        1        0
pending                         5        0        3        2
  waiting                       2        0        2        0
    provider_unavailable        2        0        2        0
failed                         51       40       11        0
  sent in the end              40       40        0        0
success rate               99.9 %    100 %   99.6 %        –
average attempts                1        1     1.01        –
delivery time
  min                        0 ms     0 ms     3 ms        –
  p50                       12 ms     9 ms    90 ms        –
  p95                       1.2 s   800 ms    4.1 s        –
  p99                     1.1 min      2 s  1.1 min        –
  max                         8 h  1.1 min      8 h        –

Next due (UTC): sms 2026-03-02 12:06
Pending since (UTC): sms 2026-03-02 11:58, webhook 2026-03-02 12:06

Failures, the latest first (UTC)
   3  sms    2026-03-02 12:06 provider_unavailable (channel_error), to be tried
             again
   7  sms    2026-03-02 12:05 attempts_exhausted (channel_error), dead-lettered:
             503 try later
  40  email  2026-03-02 11:59 channel_error, sent in the end
   1  sms    2026-03-02 09:30 rejected, dead-lettered

Messages given up, by subscriber: loyalty 2; see npm run dead-letters -- list

Failed: at least once. Success rate: sent, of all sent and dead-lettered.
Average attempts: where a provider was asked. Delivery time: from the request to
the provider's yes.`);
});

test('on a narrow terminal the columns that do not fit go below, with their labels', () => {
  const lines = toLines(statusDocument(busy), { width: 50, colors: plain });

  expect(lines.filter((line) => /sms {2}webhook|requested {2}|p95/.test(line))).toEqual([
    'requested                  23,897   12,351',
    '  p95                       1.2 s   800 ms',
    '                              sms  webhook',
    'requested                  11,544        2',
    '  p95                       4.1 s        –',
  ]);
});

test.each([50, 60, 80, 100])('no line is wider than a terminal of %i columns', (width) => {
  const lines = toLines(statusDocument(busy), { width, colors: plain });

  expect(lines.filter((line) => line.length > width)).toEqual([]);
});

test('colours change nothing but the colours', () => {
  const coloured = toLines(statusDocument(busy), { width: 80, colors: pc.createColors(true) });

  expect(coloured.map(stripVTControlCharacters)).toEqual(
    toLines(statusDocument(busy), { width: 80, colors: plain }),
  );
  expect(coloured.find((line) => line.includes('dead-lettered  '))).toContain('\u001b[31m');
});

test('where nothing waits and nothing failed, nothing is said of it', () => {
  const groups = aBusyDay.groups.filter(({ status, errorCode }) => status === 'sent' && errorCode === null);

  const lines = toLines(statusDocument(statusOf({ ...anEmptyDay, groups })), { width: 80, colors: plain });

  expect(lines.join('\n')).not.toMatch(/Next due|Pending since|Failures|given up/);
});

test('of many kinds of failures the latest ten are shown', () => {
  const [failed] = busy.failures;
  if (failed === undefined) throw new Error('a busy day has failures');
  const failures = Array.from({ length: 12 }, (_, index) => ({ ...failed, errorCode: `error_${index}` }));

  const lines = toLines(statusDocument({ ...busy, failures }), { width: 100, colors: plain });

  expect(lines.filter((line) => line.includes('error_'))).toHaveLength(10);
  expect(lines).toContain('  … and 2 more kinds (--json has all)');
});

test('an empty ledger says so', () => {
  const nothing = statusOf(anEmptyDay);

  expect(toLines(statusDocument(nothing), { width: 80, colors: plain })).toEqual([
    'Nothing has been requested yet.',
  ]);
});

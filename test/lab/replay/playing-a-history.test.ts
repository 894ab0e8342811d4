import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replay } from '../../../src/lab/replay/replay.ts';
import {
  addHelmet,
  at,
  inShort,
  order,
  priceHelmetAt,
  putHelmetInCartOf,
  readReport,
  register,
  ship,
  writeHistory,
} from './history.ts';

test('every delivery that reached its end has a line in the report, in the order of the requests', async () => {
  const { file, report } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:01:00Z', register()),
    at('2026-03-02T10:02:00Z', order('order-1')),
  );

  const { counts, reportLines } = await replay({ file, report });

  const lines = readFileSync(report, 'utf8').split('\n');
  expect(lines[2]).toBe(
    '{"notification":"order-confirmed","customerId":"kim","channel":"sms","status":"sent","reason":"sent",' +
      '"subject":"order-1","requestedAt":"2026-03-02T10:02:00.000Z","settledAt":"2026-03-02T10:02:00.000Z"}',
  );
  expect(readReport(report).map(inShort)).toEqual([
    'welcome kim email sent',
    'order-confirmed kim email sent',
    'order-confirmed kim sms sent',
  ]);
  expect(reportLines).toBe(3);
  expect(counts).toEqual({ requested: 3, sent: 3, skipped: 0, deadLettered: 0, pending: 0 });
});

test('the tallies of the notifications add up to the counts of the ledger', async () => {
  const { file } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:01:00Z', register({ preferences: {} })),
    at('2026-03-02T10:02:00Z', order('order-1')),
  );

  const { counts, notifications, ...result } = await replay({ file });

  expect(notifications).toEqual([
    {
      notification: 'welcome',
      requested: 1,
      sent: 1,
      skipped: {},
      deadLettered: {},
      pending: 0,
      waited: {},
    },
    {
      notification: 'order-confirmed',
      requested: 2,
      sent: 1,
      skipped: { opted_out: 1 },
      deadLettered: {},
      pending: 0,
      waited: {},
    },
  ]);
  expect(counts).toEqual({ requested: 3, sent: 2, skipped: 1, deadLettered: 0, pending: 0 });
  expect(result).toMatchObject({ commands: 3, refused: 0, unreadable: 0, deadMessages: 0 });
});

test('a price drop reaches those who have the product in the cart at that moment', async () => {
  const { file, report } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:00:00Z', register()),
    at('2026-03-02T10:00:00Z', register({ customerId: 'lee', segment: 'standard' })),
    at('2026-03-02T10:00:00Z', register({ customerId: 'mia' })),
    at('2026-03-02T10:00:00Z', putHelmetInCartOf('kim')),
    at('2026-03-02T10:00:00Z', putHelmetInCartOf('lee')),
    at('2026-03-02T10:00:00Z', priceHelmetAt(2999)),
    // In the same second, and too late.
    at('2026-03-02T10:00:00Z', putHelmetInCartOf('mia')),
    at('2026-03-02T10:00:00Z', priceHelmetAt(3299)),
  );

  await replay({ file, report });

  expect(
    readReport(report)
      .map(inShort)
      .filter((line) => line.startsWith('price-drop')),
  ).toEqual([
    'price-drop kim email sent',
    'price-drop kim sms sent',
    'price-drop lee email segment_not_eligible',
    'price-drop lee sms segment_not_eligible',
  ]);
});

test.each([
  ['spring', '2026-03-28T22:30:00Z', '2026-03-29T05:00:00.000Z'],
  ['autumn', '2026-10-24T21:30:00Z', '2026-10-25T06:00:00.000Z'],
])(
  'quiet hours end by the local clock in the night of the change in %s',
  async (_season, shippedAt, sevenInBerlin) => {
    const { file, report } = writeHistory(
      at('2026-03-02T10:00:00Z', addHelmet),
      at(
        '2026-03-02T10:00:00Z',
        register({ timeZone: 'Europe/Berlin', quietHours: { start: '22:00', end: '07:00' } }),
      ),
      at('2026-03-02T10:00:00Z', order('order-1')),
      at(shippedAt, ship('order-1')),
    );

    const { notifications, counts, toMs } = await replay({ file, report });

    const shipped = readReport(report).filter(({ notification }) => notification === 'order-shipped');
    expect(shipped.map(({ channel, settledAt }) => [channel, settledAt])).toEqual([
      ['email', new Date(shippedAt).toISOString()],
      ['sms', sevenInBerlin],
    ]);
    expect(notifications.at(-1)).toMatchObject({
      notification: 'order-shipped',
      sent: 2,
      waited: { quiet_hours: 1 },
    });
    expect(counts.pending).toBe(0);
    expect(new Date(toMs).toISOString()).toBe(sevenInBerlin);
  },
);

test('what becomes due between two commands is delivered at its own time', async () => {
  const { file, report } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:00:00Z', register({ quietHours: { start: '22:00', end: '07:00' } })),
    at('2026-03-02T22:30:00Z', order('order-1')),
    at('2026-03-03T12:00:00Z', ship('order-1')),
  );

  await replay({ file, report });

  expect(readReport(report).map((line) => `${inShort(line)} ${line.settledAt}`)).toContain(
    'order-confirmed kim sms sent 2026-03-03T07:00:00.000Z',
  );
});

test('more than a hundred messages in a minute wait for the next one', async () => {
  const orders = Array.from({ length: 103 }, (_, index) =>
    at('2026-03-02T10:00:10Z', order(`order-${index + 1}`)),
  );
  const { file, report } = writeHistory(
    at('2026-03-02T09:00:00Z', addHelmet),
    at('2026-03-02T09:00:00Z', register()),
    ...orders,
  );

  const { notifications, counts } = await replay({ file, report });

  const late = readReport(report).filter(({ settledAt }) => settledAt === '2026-03-02T10:01:00.000Z');
  expect(late.map(({ subject, channel }) => `${subject} ${channel}`)).toEqual(
    [101, 102, 103].flatMap((number) => [`order-${number} email`, `order-${number} sms`]),
  );
  expect(notifications.at(-1)?.waited).toEqual({ rate_limited: 6 });
  expect(counts).toEqual({ requested: 207, sent: 207, skipped: 0, deadLettered: 0, pending: 0 });
});

test('the same history and seed give the same report, to the byte', async () => {
  const { file, report } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:00:00Z', register({ quietHours: { start: '22:00', end: '07:00' } })),
    at('2026-03-02T10:00:00Z', putHelmetInCartOf('kim')),
    at('2026-03-02T22:30:00Z', priceHelmetAt(2999)),
    at('2026-03-02T22:30:00Z', order('order-1')),
  );

  await replay({ file, report, seed: 7 });
  const first = readFileSync(report);
  await replay({ file, report, seed: 7 });

  expect(readFileSync(report).equals(first)).toBe(true);
  expect(first.length).toBeGreaterThan(0);
});

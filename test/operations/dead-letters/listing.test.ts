import pc from 'picocolors';
import { expect, test } from 'vitest';
import { type DeadMessage, openDatastore } from '../../../src/datastore/index.ts';
import { deadLetterStore } from '../../../src/operations/dead-letters/dead-letter-store.ts';
import type { Letter } from '../../../src/operations/dead-letters/letter.ts';
import { listDocument } from '../../../src/operations/dead-letters/list-report.ts';
import { toLines } from '../../../src/report/index.ts';
import { aDelivery, anEntry, requestedAtMs } from '../../support/records.ts';
import {
  adasLetter,
  deadLetters,
  devsLetter,
  idsIn,
  keepShop,
  ship,
  shopWithDeadLetters,
} from './a-kept-shop.ts';
import { someLetters } from './some-letters.ts';

const drawn = (letters: readonly Letter[], width: number): string =>
  toLines(listDocument({ letters, hasMore: false }), { width, colors: pc.createColors(false) }).join('\n');

test('deliveries and messages stand in one list, with when and why', () => {
  expect(drawn(someLetters, 100)).toBe(`3 dead letters, the oldest first; times in UTC

  where                 reason              tries  failed from          to
order-shipped:order-1:kim:email
  email                 attempts_exhausted      3  2026-03-02 10:00:00  10:00:07
order-shipped:order-2:kim:sms
  sms                   outcome_unknown         1  2026-03-03 08:30:00  08:30:00
message-17 OrderStatusChanged
  notification-service  unknown_order           3  2026-03-02 23:59:59  2026-03-03 00:00:02`);
});

test('on a narrow terminal the times go below', () => {
  expect(drawn(someLetters, 50)).toBe(`3 dead letters, the oldest first; times in UTC

  where                 reason              tries
  failed from          to
order-shipped:order-1:kim:email
  email                 attempts_exhausted      3
  2026-03-02 10:00:00  10:00:07
order-shipped:order-2:kim:sms
  sms                   outcome_unknown         1
  2026-03-03 08:30:00  08:30:00
message-17 OrderStatusChanged
  notification-service  unknown_order           3
  2026-03-02 23:59:59  2026-03-03 00:00:02`);
});

test('deliveries alone fit two lines each in 80 columns', () => {
  expect(drawn(someLetters.slice(0, 2), 80).split('\n')).toHaveLength(3 + 2 * 2);
});

test.each([40, 50, 80, 100])('no line is wider than a terminal of %i columns', (width) => {
  const lines = drawn(someLetters, width).split('\n');

  expect(lines.filter((line) => line.length > width)).toEqual([]);
});

test('the list has the oldest first, messages among deliveries', async () => {
  expect(await idsIn(await shopWithDeadLetters())).toEqual([adasLetter, devsLetter, 'message-1']);
});

test('a limit shows the oldest, and that there are more', async () => {
  const file = await shopWithDeadLetters();

  const { stdout } = await deadLetters(file, 'list', '--limit', '2');

  expect(stdout).toContain('The oldest 2 dead letters; there are more (--limit).');
  expect(stdout).toContain(devsLetter);
  expect(stdout).not.toContain('message-1');
});

test('--json has the same as data', async () => {
  const file = await shopWithDeadLetters();

  const { letters, hasMore } = JSON.parse((await deadLetters(file, 'list', '--json', '--limit', '1')).stdout);

  expect(hasMore).toBe(true);
  expect(letters).toEqual([
    {
      id: adasLetter,
      kind: 'delivery',
      what: 'order-shipped',
      where: 'email',
      reason: 'attempts_exhausted',
      attempts: 3,
      firstFailedAt: '2026-03-02T10:00:00.000Z',
      lastFailedAt: expect.stringMatching(/^2026-03-02T10:00:0/),
      error: { code: 'channel_error', message: 'the provider is busy' },
      notificationId: 'order-shipped:ord-1001:ada',
      customerId: 'ada',
      subject: 'ord-1001',
      causeId: expect.any(String),
    },
  ]);
});

test('where nothing died, the list says so', async () => {
  const file = await keepShop(ship('ord-1001'));

  expect(await deadLetters(file, 'list')).toMatchObject({ code: 0, stdout: 'There are no dead letters.\n' });
});

test('a list of many pages has every letter once, and in order', async () => {
  const datastore = openDatastore();
  const diedAtMs = (index: number): number => requestedAtMs + Math.floor(index / 7) * 1000;
  const notifications = Array.from({ length: 1100 }, (_, index) => `n-${index}`);
  await datastore.ledger.open(notifications.map((id) => anEntry(id, ['email'])));
  await datastore.ledger.record(
    notifications.map((id, index) =>
      aDelivery(id, 'email', { status: 'dead_lettered', reason: 'rejected', settledAtMs: diedAtMs(index) }),
    ),
    [],
  );
  const dead = Array.from({ length: 600 }, (_, index) => aDeadMessage(diedAtMs(index)));
  await datastore.consumption.commit({
    append: [],
    progress: [],
    retries: [],
    ended: [],
    dead,
    states: [],
    timers: [],
    fired: [],
  });

  const letters: Letter[] = [];
  for await (const letter of deadLetterStore(datastore).all()) letters.push(letter);

  expect(new Set(letters.map(({ id }) => id)).size).toBe(1700);
  const times = letters.map(({ lastFailedAtMs }) => lastFailedAtMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
});

const aDeadMessage = (atMs: number): DeadMessage => ({
  subscriber: 'mailer',
  position: 1,
  messageId: 'event-1',
  messageType: 'PriceChanged',
  message: '{}',
  errorName: 'Error',
  errorCode: null,
  errorMessage: 'no',
  attempts: 3,
  firstFailedAtMs: atMs,
  lastFailedAtMs: atMs,
});

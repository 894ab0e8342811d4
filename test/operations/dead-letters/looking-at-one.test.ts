import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { Letter } from '../../../src/operations/dead-letters/letter.ts';
import { letterDocument } from '../../../src/operations/dead-letters/letter-report.ts';
import { toLines } from '../../../src/report/index.ts';
import { adasLetter, deadLetters, shopWithDeadLetters } from './a-kept-shop.ts';
import { someLetters } from './some-letters.ts';

const [mail, sms, message] = someLetters as readonly [Letter, Letter, Letter];

const tried = {
  notificationId: 'order-shipped:order-1:kim',
  channel: 'email',
  atMs: Date.parse('2026-03-02T10:00:00Z'),
  reason: 'provider_unavailable',
  untilMs: Date.parse('2026-03-02T10:00:00.750Z'),
};

const drawn = (letter: Letter, width = 80): string =>
  toLines(letterDocument({ letter, verdicts: [tried, { ...tried, channel: 'sms' }], file: 'shop.db' }), {
    width,
    colors: pc.createColors(false),
  }).join('\n');

test('a delivery shows whom it was for, what went wrong, its history, and what one can do', () => {
  expect(drawn(mail)).toBe(`order-shipped:order-1:kim:email
notification   order-shipped to kim by email, about order-1
variables      {"orderId":"order-1"}
cause          event event-1
requested      2026-03-02 10:00:00
given up       attempts_exhausted, after 3 attempts
error          channel_error: the provider is down
first failure  2026-03-02 10:00:00
last failure   2026-03-02 10:00:07

History, in UTC
  2026-03-02 10:00:00 provider_unavailable: the provider is unavailable; it
    will be tried again (until 2026-03-02 10:00:00.750)
  2026-03-02 10:00:07 attempts_exhausted: the provider stayed unavailable
    through every attempt

What you can do
  When the provider is well again, re-drive it; or let it go:
  npm run dead-letters -- redrive order-shipped:order-1:kim:email --data shop.db
  npm run dead-letters -- discard order-shipped:order-1:kim:email --data shop.db
  npm run explain -- order-shipped:order-1:kim:email --data shop.db`);
});

test('one that nobody knows the fate of is to be looked for first', () => {
  expect(drawn(sms)).toContain('Look whether the provider has it. If not, re-drive it; otherwise let it go:');
  expect(drawn(sms)).toContain('error          none is on record');
});

test('a message shows the whole of it', () => {
  expect(drawn(message)).toBe(`message-17
message        OrderStatusChanged event-9, for notification-service
given up       unknown_order, after 3 attempts
error          unknown_order: there is no order "order-9"
first failure  2026-03-02 23:59:59
last failure   2026-03-03 00:00:02

Message
{
  "id": "event-9",
  "type": "OrderStatusChanged",
  "data": {
    "orderId": "order-9"
  }
}

What you can do
  Mend what the error names, then re-drive it; or let it go:
  npm run dead-letters -- redrive message-17 --data shop.db
  npm run dead-letters -- discard message-17 --data shop.db`);
});

test('what is to be typed can be typed, whatever an id or a file is called', () => {
  const letter = { ...mail, id: "order-shipped:it's one:kim:email" };

  const lines = toLines(letterDocument({ letter, verdicts: [], file: 'my shop.db' }), {
    width: 80,
    colors: pc.createColors(false),
  });

  expect(lines).toContain(
    `  npm run dead-letters -- redrive 'order-shipped:it'\\''s one:kim:email' --data 'my shop.db'`,
  );
});

test('--json has it as data, a delivery with its verdicts and a message with itself', async () => {
  const file = await shopWithDeadLetters();

  const { stdout } = await deadLetters(file, 'show', adasLetter, 'message-1', '--json');

  expect(JSON.parse(stdout)).toMatchObject([
    {
      id: adasLetter,
      variables: { orderId: 'ord-1001' },
      verdicts: [{ reason: 'provider_unavailable' }, { reason: 'provider_unavailable' }],
    },
    { id: 'message-1', message: { type: 'OrderStatusChanged', data: { orderId: 'ord-9999' } } },
  ]);
});

import { describe, expect, test } from 'vitest';
import { rejectionOf } from '../../support/rejection.ts';
import {
  adasLetter,
  deadLetters,
  devsLetter,
  idsIn,
  keepShop,
  ship,
  shopWithDeadLetters,
} from './a-kept-shop.ts';

describe('an id that is cut off in front of a colon', () => {
  test('means the only dead letter that begins like it', async () => {
    const file = await shopWithDeadLetters();

    const { stdout } = await deadLetters(file, 'show', 'order-shipped:ord-1001', '--json');

    expect(JSON.parse(stdout)).toMatchObject([{ id: adasLetter }]);
  });

  test('is refused where several begin like it, and they are named', async () => {
    const file = await shopWithDeadLetters();

    expect(await rejectionOf(() => deadLetters(file, 'discard', 'order-shipped'))).toMatchObject({
      name: 'InputError',
      message: `"order-shipped" may be any of 2 dead letters: ${adasLetter}, ${devsLetter}`,
      help: 'Give more of the id, up to a colon.',
    });
  });

  test.each(['order-shipped:ord-100', 'order-', 'ord-1001', 'message-', ''])(
    'is not what "%s" is',
    async (id) => {
      const file = await shopWithDeadLetters();

      expect(await rejectionOf(() => deadLetters(file, 'discard', id))).toMatchObject({
        message: `there is no dead letter "${id}"`,
      });
      expect(await idsIn(file)).toHaveLength(3);
    },
  );
});

test('an id that is given twice, in whole and cut off, is one letter', async () => {
  const file = await shopWithDeadLetters();

  const { stdout } = await deadLetters(file, 'discard', adasLetter, 'order-shipped:ord-1001', adasLetter);

  expect(stdout).toBe(`discarded ${adasLetter}\n`);
});

test.each(['redrive', 'discard'])(
  '%s changes nothing at all when one of its ids is unknown',
  async (action) => {
    const file = await shopWithDeadLetters();

    const refused = await rejectionOf(() => deadLetters(file, action, adasLetter, 'message-2'));

    expect(refused).toMatchObject({
      name: 'InputError',
      message: 'there is no dead letter "message-2"',
      help: 'See `npm run dead-letters -- list` with the same --data; it may have been dealt with.',
    });
    expect(await idsIn(file)).toEqual([adasLetter, devsLetter, 'message-1']);
  },
);

describe('a delivery that is no dead letter', () => {
  test.each([
    ['order-shipped:ord-1001:ada:sms', 'was sent at 2026-03-02 10:00:00 UTC'],
    ['order-shipped:ord-1004:dev:sms', 'was skipped (no_contact) at 2026-03-02 10:00:'],
  ])('is said to be what it is: %s %s', async (id, state) => {
    const file = await shopWithDeadLetters();

    expect(await rejectionOf(() => deadLetters(file, 'redrive', id))).toMatchObject({
      message: expect.stringContaining(`"${id}" is no dead letter: ${state}`),
      help: `\`npm run explain -- ${id}\` with the same --data says more.`,
    });
  });

  test('is said to wait, and for what', async () => {
    const faults = { email: { failureRate: 1, retryAfterMs: 3_600_000 } };
    const file = await keepShop(ship('ord-1001'), { faults, untilDone: false });

    expect(await rejectionOf(() => deadLetters(file, 'show', adasLetter))).toMatchObject({
      message: `"${adasLetter}" is no dead letter: waits until 2026-03-02 11:00:00 UTC (provider_unavailable)`,
    });
  });

  test('is told of by channel, where the id is that of the notification', async () => {
    const file = await keepShop(ship('ord-1004'));

    expect(await rejectionOf(() => deadLetters(file, 'redrive', 'order-shipped:ord-1004:dev'))).toMatchObject(
      {
        message: expect.stringMatching(
          /is no dead letter: email was sent at .*, sms was skipped \(no_contact\) at /,
        ),
      },
    );
  });
});

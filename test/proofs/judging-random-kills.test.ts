import { expect, test } from 'vitest';
import { messageId } from '../../src/delivery/channels/mime.ts';
import { deliveryId } from '../../src/notifications/index.ts';
import { type Accident, judge } from '../distributed/random-kills/judgement.ts';
import { brokenPromises } from '../distributed/random-kills/soak-processes.ts';

const [first, second] = ['payment-failed:1-o:kim', 'payment-failed:2-o:kim'];
const orders = { promised: [first, second], payments: new Map([['o', [first, second]]]) };
const killed: Accident = { victims: ['holder'], atMs: 10_000, toldMs: 11_000, takeOverMs: 700 };

/** What is wrong where the provider was given these, at these moments. */
function brokenBy(
  given: readonly (readonly [notificationId: string, atMs: number])[],
  { accidents = [killed], deaths = [] as string[] } = {},
): string[] {
  const mails = given.map(([id, atMs]) => ({
    from: '',
    to: [],
    wire: `Message-ID: <${messageId(deliveryId(id, 'email'))}>`,
    isEncrypted: false,
    user: undefined,
    atMs,
  }));
  return brokenPromises(judge({ mail: { mails } }, orders, { accidents, deaths }));
}

test('told once, in order: nothing is broken', () => {
  expect(
    brokenBy([
      [first, 1],
      [second, 2],
    ]),
  ).toEqual([]);
});

test('what was in hand at a kill may be told again behind it', () => {
  expect(
    brokenBy([
      [first, 9900],
      [first, 10_600],
      [second, 10_700],
    ]),
  ).toEqual([]);
});

test.each([
  [
    'long before a kill',
    [
      [first, 8000],
      [first, 10_600],
      [second, 10_700],
    ],
  ],
  [
    'before a kill, both times',
    [
      [first, 9000],
      [first, 9500],
      [second, 10_700],
    ],
  ],
  [
    'long behind a kill, both times',
    [
      [first, 12_500],
      [first, 12_600],
      [second, 12_700],
    ],
  ],
  [
    'in hand at it, and long behind it',
    [
      [first, 9900],
      [first, 18_400],
      [second, 18_500],
    ],
  ],
] as const)('told again without a reason (%s)', (_, given) => {
  expect(brokenBy(given)).toEqual([expect.stringContaining('said again without an accident')]);
});

const nextAt = (atMs: number): Accident => ({ ...killed, atMs, toldMs: atMs + 1000 });

test.each([
  ['before that was taken over', [nextAt(18_000)], []],
  ['behind that', [nextAt(18_500)], [expect.stringContaining('said again without an accident')]],
])('what was in hand at a kill may be told again behind the next one, if it came %s', (_, later, broken) => {
  const given = [
    [first, 9900],
    [first, 19_000],
    [second, 19_100],
  ] as const;

  expect(brokenBy(given, { accidents: [killed, ...later] })).toEqual(broken);
});

test('not told', () => {
  expect(brokenBy([[first, 1]])).toContainEqual(expect.stringMatching(/^lost: /));
});

test('told though nobody asked for it', () => {
  expect(
    brokenBy([
      [first, 1],
      [second, 2],
      ['welcome:lee:lee', 3],
    ]),
  ).toEqual([expect.stringMatching(/^unasked: /)]);
});

test('told in another order than it happened', () => {
  expect(
    brokenBy([
      [second, 1],
      [first, 2],
    ]),
  ).toEqual(['out of order: o']);
});

test('taken over after more than two leases; and what ended by itself', () => {
  const late = { ...killed, takeOverMs: 8000 };
  const broken = brokenBy(
    [
      [first, 1],
      [second, 2],
    ],
    { accidents: [late], deaths: ['the api ended with 1'] },
  );
  expect(broken).toEqual(['taken over after 8000 ms: holder', 'the api ended with 1']);
});

import { expect, test } from 'vitest';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import { toldOf } from '../../../src/flows/authentication/words.ts';
import { buses } from '../a-life.ts';
import { CountingHasher, playRows, registered, row, staple } from './a-service.ts';

const stranger = 'nobody@example.com';

/** What somebody is told who tries this, and which hashes were made for it. */
async function tried(email: string, rows: readonly AuthRow[]) {
  const hasher = new CountingHasher();
  const { of, outcomes } = await playRows('in-memory', registered, { hasher });
  const before = hasher.made.length;
  const attempts = rows.map((each) => ({ ...each, email }));
  const second = new CountingHasher();
  const played = await playRows('in-memory', [...registered, ...attempts], { hasher: second });
  expect([of('LoginAttempted'), outcomes]).toEqual([[], []]);
  return {
    told: played.outcomes.map((why) => toldOf({ type: 'LoginAttempted', why })),
    hashes: second.made.slice(before),
  };
}

test('of an account that is not there nobody is told anything else, and no other hashes are made', async () => {
  const wrong = [0, 1, 2, 3, 4, 4.5].map((minute) => row(minute, 'login', { password: 'a wrong one' }));
  const tooLong = [row(0, 'login', { password: 'x'.repeat(300) })];
  for (const rows of [wrong, tooLong])
    expect(await tried(stranger, rows)).toEqual(await tried('ada@example.com', rows));

  expect(await tried(stranger, wrong)).toEqual({
    told: [...Array(5).fill('wrong address or password'), 'try again later'],
    hashes: Array(5).fill('verify ln=1,r=8,p=1'),
  });
});

test('a password that is right costs as many hashes as one that is wrong', async () => {
  expect((await tried('ada@example.com', [row(0, 'login')])).hashes).toEqual(
    (await tried(stranger, [row(0, 'login')])).hashes,
  );
});

test('who registers an address that has an account is told what everybody is told, and changes nothing', async () => {
  const hasher = new CountingHasher();
  const { of, provider, outcomes } = await playRows(
    'in-memory',
    [
      ...registered,
      row(1, 'register', { password: 'a password of mine' }),
      row(2, 'register', { password: 'a password of mine' }),
      row(3, 'login', { password: 'a password of mine' }),
      row(4, 'login'),
    ],
    { hasher },
  );
  const told = ['UserRegistered', 'RegistrationRepeated', 'RegistrationRejected'].flatMap((type) =>
    of(type).map(({ data }) => toldOf({ type: type as 'UserRegistered', why: data.reasons?.join() ?? '' })),
  );

  expect(told).toEqual(Array(3).fill('a mail is on its way'));
  expect(hasher.made.filter((each) => each === 'hash')).toHaveLength(3);
  expect(outcomes).toEqual(['wrong_credentials', 'session']);
  // And whose it is hears of it, once a day.
  expect(provider.subjects).toEqual([
    'ada: Confirm your address',
    'ada: Welcome',
    'ada: You have an account already',
  ]);
});

test.each(buses)('of a hundred guesses at the same moment five are looked at (%s)', async (busName) => {
  const hasher = new CountingHasher();
  const guesses = Array.from({ length: 100 }, (_, index) => row(1, 'login', { password: `guess ${index}` }));
  const { outcomes, of } = await playRows(busName, [...registered, ...guesses, row(1.5, 'login')], {
    hasher,
  });
  const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;

  expect(hasher.made.filter((each) => each.startsWith('verify'))).toHaveLength(5);
  expect(count('wrong_credentials')).toBe(5);
  expect(count('locked') + count('too_many_at_once')).toBe(96);
  expect(of('AccountLocked')).toHaveLength(1);
});

test('a code is guessed five times, and the password alone does not begin anew', async () => {
  const rows = [
    ...registered,
    row(0, 'login'),
    row(1, 'enrol', { code: 'app' }),
    ...[3, 4, 5, 6].map((minute) => row(minute, 'login', { code: '000000' })),
    row(7, 'login'),
    row(8, 'login', { code: '000000' }),
    row(8.5, 'login', { code: 'app' }),
    row(10, 'login', { code: 'app' }),
  ];
  const { outcomes } = await playRows('in-memory', rows);

  expect(outcomes).toEqual([
    'session',
    ...Array(4).fill('mfa_wrong'),
    'mfa_required',
    'mfa_wrong',
    'locked',
    'session',
  ]);
});

test('who guesses from elsewhere does not lock out a device that was here before', async () => {
  const guesses = [1, 2, 3, 4, 5].map((minute) => row(minute, 'login', { device: 'bot', password: 'guess' }));
  const { outcomes } = await playRows('in-memory', [
    ...registered,
    row(0, 'login'),
    ...guesses,
    row(5.1, 'login', { device: 'tablet' }),
    row(5.2, 'login'),
  ]);

  expect(outcomes).toEqual(['session', ...Array(5).fill('wrong_credentials'), 'locked', 'session']);
});

test('a mailbox in another spelling is the same account, and a letter that only looks alike is no address', async () => {
  const { outcomes, of } = await playRows('in-memory', [
    ...registered,
    row(0, 'login', { email: ' ADA@Example.COM. '.trim() }),
    // The sign of Kelvin is lowered to k: whoever is registered as mike would have lost it.
    row(1, 'register', { email: 'mi\u212Ae@example.com' }),
    row(2, 'register', { email: 'ada@ex\u0430mple.com' }),
  ]);

  expect(outcomes).toEqual(['session']);
  expect(of('RegistrationRejected').map(({ data }) => data.reasons)).toEqual([['bad_email'], ['bad_email']]);
});

test('a password is the same on whatever keyboard, and no part of it is left out', async () => {
  const composed = 'Äpfel für Ærø, \uFB01nal';
  const decomposed = composed.normalize('NFKD');
  const long = 'a very long one '.repeat(16);
  const { outcomes } = await playRows('in-memory', [
    row(-10, 'register', { password: composed }),
    row(-9, 'link'),
    row(-8, 'register', { email: 'ben@example.com', password: long }),
    row(-7, 'link', { email: 'ben@example.com' }),
    row(0, 'login', { password: decomposed }),
    row(1, 'login', { password: composed.toUpperCase() }),
    row(2, 'login', { email: 'ben@example.com', password: long }),
    row(3, 'login', { email: 'ben@example.com', password: `${long}more` }),
    row(4, 'login', { email: 'ben@example.com', password: long.slice(0, 72) }),
    row(5, 'login', { email: 'ben@example.com', password: ` ${staple}` }),
  ]);

  expect(decomposed).not.toBe(composed);
  expect(outcomes).toEqual([
    'session',
    'wrong_credentials',
    'session',
    'wrong_credentials',
    'wrong_credentials',
    'wrong_credentials',
  ]);
});

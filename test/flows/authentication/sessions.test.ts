import { expect, test } from 'vitest';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import { playRows, registered, row } from './a-service.ts';

async function play(...rows: readonly AuthRow[]) {
  const { of, outcomes, provider, report } = await playRows('in-memory', [...registered, ...rows]);
  return {
    outcomes,
    mails: provider.subjects.slice(2),
    checks: report.checks.filter(({ holds }) => !holds),
    ends: of('SessionEnded').map(({ time, data }) => `${time.slice(11, 16)} ${data.reason}`),
    refused: of('SessionRefused').map(({ time, data }) => `${time.slice(11, 16)} ${data.reason}`),
    sessions: of('SessionCreated').map(({ data }) => data.sessionId as string),
  };
}

test('a session ends half an hour after its last use, whenever that was', async () => {
  const { ends, refused } = await play(row(0, 'login'), row(29, 'use'), row(58, 'use'), row(88, 'use'));

  expect(ends).toEqual(['12:28 idle']);
  expect(refused).toEqual(['12:28 session_ended']);
});

test('however much it is used, it ends after twelve hours', async () => {
  const uses = Array.from({ length: 40 }, (_, index) => row(20 * (index + 1), 'use'));
  const { ends, refused } = await play(row(0, 'login'), ...uses);

  expect(ends).toEqual(['23:00 absolute']);
  expect(refused[0]).toBe('23:00 session_ended');
});

test('each login has a session of its own, and what the browser had before is none any more', async () => {
  const { sessions, ends } = await play(row(0, 'login'), row(1, 'login'), row(2, 'logout'), row(3, 'use'));

  expect(new Set(sessions).size).toBe(2);
  expect(ends).toEqual(['11:01 replaced', '11:02 logout']);
});

test('a browser without a cookie, or with one of somebody else, is nobody', async () => {
  const { refused } = await play(
    row(-8, 'register', { email: 'ben@example.com' }),
    row(-7, 'link', { email: 'ben@example.com' }),
    row(0, 'login'),
    row(1, 'use', { email: 'ben@example.com' }),
    row(2, 'use', { device: 'phone' }),
  );

  expect(refused).toEqual(['11:01 no_session', '11:02 no_session']);
});

test('a new password ends all sessions, and needs the old one, with a code where there is one', async () => {
  const newPassword = 'another one that is long';
  const { outcomes, ends, mails, checks } = await play(
    row(0, 'login'),
    row(1, 'login', { device: 'phone' }),
    row(2, 'enrol', { code: 'app' }),
    row(4, 'password', { password: 'a wrong one', newPassword, code: 'app' }),
    row(5, 'password', { newPassword }),
    row(6, 'password', { newPassword: 'short', code: 'app' }),
    row(7, 'password', { newPassword, code: 'app' }),
    row(8, 'login', { code: 'app' }),
    row(9, 'login', { password: newPassword, code: 'app' }),
  );

  expect(outcomes).toEqual([
    'session',
    'session',
    'wrong_credentials',
    'mfa_required',
    'weak_password',
    'changed',
    'wrong_credentials',
    'session',
  ]);
  expect(ends).toEqual(['11:07 credential_changed', '11:07 credential_changed', '11:39 idle']);
  expect(mails).toEqual(['ada: A new login to your account', 'ada: Your password was changed']);
  expect(checks).toEqual([]);
});

test('a second factor is enrolled from an open session, with a code that it makes, and once', async () => {
  const { of } = await playRows('in-memory', [
    ...registered,
    row(-1, 'enrol', { code: 'app' }),
    row(0, 'login'),
    row(1, 'enrol', { code: '000000' }),
    row(2, 'enrol', { code: 'app' }),
    row(3, 'enrol', { code: 'app' }),
  ]);

  expect(of('SessionRefused')).toHaveLength(1);
  expect(of('EnrolmentRefused').map(({ data }) => data.reason)).toEqual(['mfa_wrong', 'already_enrolled']);
  expect(of('MfaEnrolled')).toHaveLength(1);
});

test('what is unlike the logins before is told, the gravest of it', async () => {
  const { mails } = await play(
    row(0, 'login'),
    row(10, 'login', { device: 'phone' }),
    row(100, 'login', { device: 'phone', country: 'FR' }),
    row(110, 'login', { device: 'phone', country: 'GB' }),
    row(200, 'login', { device: 'phone', country: 'FR' }),
  );
  const { provider } = await playRows('in-memory', [
    ...registered,
    row(0, 'login'),
    row(10, 'login', { device: 'phone' }),
    row(100, 'login', { country: 'FR' }),
    row(110, 'login'),
  ]);

  expect(mails).toHaveLength(3);
  expect([...provider.sent.values()].slice(2).map(({ text }) => /account ([^:]+):/.exec(text)?.[1])).toEqual([
    'from a device that you have not used before',
    'from a country where you have not logged in before',
    'from another country, sooner than anybody gets there',
  ]);
});

import { expect, test } from 'vitest';
import { digestOf } from '../../../src/flows/authentication/keys.ts';
import { zxcvbnWeakness } from '../../../src/flows/authentication/strength.ts';
import { buses } from '../a-life.ts';
import { playRows, sampleRows, tokenIn } from './a-service.ts';

const weaknessOf = zxcvbnWeakness();

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report, outcomes, of, provider, endedAtMs, leftInVault } = await playRows(
    busName,
    await sampleRows(),
    { weaknessOf },
  );

  expect(report.data).toEqual({
    users: 1,
    secondFactors: 1,
    mails: { verify: 1, welcome: 1, alert: 1, 'password-changed': 0, 'registered-already': 0 },
    sessions: 3,
    open: 0,
    ends: { absolute: 1, idle: 1, replaced: 1 },
    rejections: {
      email_not_verified: 1,
      locked: 1,
      mfa_replayed: 1,
      token_used: 1,
      weak_password: 1,
      wrong_credentials: 5,
    },
    locks: 1,
    alerts: { impossible_travel: 1 },
  });
  expect(outcomes).toEqual([
    'email_not_verified',
    'session',
    ...Array(5).fill('wrong_credentials'),
    'locked',
    'session',
    'mfa_replayed',
    'session',
  ]);
  expect(of('AccountLocked').map(({ data }) => new Date(data.untilMs).toISOString())).toEqual([
    '2026-03-02T10:11:04.000Z',
  ]);
  expect(of('SessionEnded').map(({ time, data }) => `${time.slice(11, 16)} ${data.reason}`)).toEqual([
    '10:12 replaced',
    '10:42 idle',
    '22:13 absolute',
  ]);
  expect(endedAtMs).toBe(Date.parse('2026-03-02T22:13:00Z'));
  expect(provider.subjects).toEqual([
    'ada: Confirm your address',
    'ada: Welcome',
    'ada: A new login to your account',
  ]);
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
  expect(leftInVault).toBe(0);
});

test('the link that is followed is the one in the mail', async () => {
  const { of, provider } = await playRows('in-memory', await sampleRows(), { weaknessOf });
  const [mail] = provider.sent.values();

  expect(mail?.text).toContain('within 24 hours: https://accounts.example/verify#');
  expect(of('LinkFollowed').map(({ data }) => data.tokenHash)).toEqual([
    digestOf(mail ? tokenIn(mail) : ''),
    digestOf(mail ? tokenIn(mail) : ''),
  ]);
});

test('logins are drawn with the sessions that they began, and each says why and what was told', async () => {
  const { report } = await playRows('in-memory', await sampleRows(), { weaknessOf });
  const [timeline, bars] = report.pictures;

  expect(timeline).toMatchObject({
    kind: 'timeline',
    lanes: [
      { name: 'ada logs in' },
      { name: 'ada, laptop GB', spans: [{ words: 'replaced, 10:12' }] },
      { name: 'ada, laptop GB', spans: [{ words: 'idle, 10:42' }] },
      { name: 'ada, phone BR', spans: [{ words: 'absolute, 22:13' }] },
    ],
  });
  expect(bars).toMatchObject({ bars: expect.arrayContaining([expect.objectContaining({ value: 5 })]) });
  expect(report.tables[0]?.rows).toContainEqual([
    '10:10:30',
    'ada',
    'login: locked',
    'laptop GB',
    'try again later',
  ]);
});

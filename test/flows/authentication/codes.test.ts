import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCode, codeOf, stepOf } from '../../../src/flows/authentication/totp.ts';

/** RFC 6238, appendix B, SHA-1: a code of six digits is the end of one of eight. */
test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at second %i the code of RFC 6238 ends %s', (second, code) => {
  expect(codeOf(new TextEncoder().encode('12345678901234567890'), stepOf(second * 1000))).toBe(code.slice(2));
});

const secret = new Uint8Array(20).fill(3);
const nowMs = Date.parse('2026-03-02T10:12:10Z');
const now = stepOf(nowMs);

test('a phone may be one step off, in both directions, and no more', () => {
  const check = (step: number) => checkCode(secret, codeOf(secret, step), { nowMs, lastStep: -1 });

  expect([-2, -1, 0, 1, 2].map((off) => check(now + off))).toEqual([
    { reason: 'mfa_wrong' },
    { step: now - 1 },
    { step: now },
    { step: now + 1 },
    { reason: 'mfa_wrong' },
  ]);
});

test('what is no code of six digits is wrong, and nothing else', () => {
  for (const code of ['', '1', '12345', '1234567', 'abcdef', '１２３４５６'])
    expect(checkCode(secret, code, { nowMs, lastStep: -1 })).toEqual({ reason: 'mfa_wrong' });
});

test('whichever codes are tried, and however the clock is set, none is taken twice, and none older than one that was', () => {
  const tries = fc.array(
    fc.record({ clock: fc.integer({ min: -4, max: 4 }), phone: fc.integer({ min: -5, max: 5 }) }),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(tries, (all) => {
      let lastStep = -1;
      const taken: number[] = [];
      for (const { clock, phone } of all) {
        const atMs = nowMs + clock * 30_000;
        const checked = checkCode(secret, codeOf(secret, now + phone), { nowMs: atMs, lastStep });
        if (!('step' in checked)) continue;
        lastStep = checked.step;
        taken.push(checked.step);
      }
      expect(taken).toEqual([...new Set(taken)].sort((one, other) => one - other));
    }),
    { numRuns: 100, seed: 1 },
  );
});

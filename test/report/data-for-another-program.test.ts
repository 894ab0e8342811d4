import { expect, test } from 'vitest';
import { toJson, toPlain, verbatim } from '../../src/report/index.ts';

const morningMs = Date.parse('2026-03-02T10:00:00.123Z');

test('moments are dates that any program reads, and durations stay milliseconds', () => {
  const known = {
    fromMs: morningMs,
    toMs: null,
    wallMs: 250,
    verdicts: [{ atMs: morningMs, untilMs: morningMs }],
  };

  expect(toPlain(known)).toEqual({
    from: '2026-03-02T10:00:00.123Z',
    to: null,
    wallMs: 250,
    verdicts: [{ at: '2026-03-02T10:00:00.123Z', until: '2026-03-02T10:00:00.123Z' }],
  });
});

test('a map is an object, and keys keep their order', () => {
  const known = { last: new Map([['welcome', { sent: 1 }]]), first: 1, settledAtMs: morningMs };

  expect(toJson(known)).toBe(
    JSON.stringify(
      { last: { welcome: { sent: 1 } }, first: 1, settledAt: '2026-03-02T10:00:00.123Z' },
      null,
      2,
    ),
  );
});

test('what somebody else wrote stays as it is, whatever its fields are called', () => {
  const event = { type: 'ParcelScanned', data: { occurredAtMs: morningMs } };

  expect(toPlain({ atMs: morningMs, event: verbatim(event) })).toEqual({
    at: '2026-03-02T10:00:00.123Z',
    event,
  });
});

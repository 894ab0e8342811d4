import { describe, expect, it } from 'vitest';
import { quietUntilMs, UnknownTimeZoneError } from '../../src/notifications/index.ts';

const overnight = { start: '22:00', end: '07:00' };

/** All moments as ISO 8601, in UTC. */
const quietUntil = (now: string, timeZone = 'Europe/Berlin', quietHours = overnight): string | undefined => {
  const untilMs = quietUntilMs({ quietHours, timeZone, nowMs: Date.parse(now) });
  return untilMs === undefined ? undefined : new Date(untilMs).toISOString();
};

describe('a window over midnight', () => {
  it('begins with its start', () => {
    expect(quietUntil('2026-01-10T20:59:59.999Z')).toBeUndefined();
    expect(quietUntil('2026-01-10T21:00:00Z')).toBe('2026-01-11T06:00:00.000Z');
  });

  it('goes on behind midnight', () => {
    expect(quietUntil('2026-01-11T00:30:00Z')).toBe('2026-01-11T06:00:00.000Z');
  });

  it('is over at its end', () => {
    expect(quietUntil('2026-01-11T05:59:59.999Z')).toBe('2026-01-11T06:00:00.000Z');
    expect(quietUntil('2026-01-11T06:00:00Z')).toBeUndefined();
  });
});

it('a window within a day ends the same day', () => {
  const siesta = { start: '13:00', end: '15:00' };
  expect(quietUntil('2026-06-10T11:59:00Z', 'Europe/Madrid', siesta)).toBe('2026-06-10T13:00:00.000Z');
  expect(quietUntil('2026-06-10T13:00:00Z', 'Europe/Madrid', siesta)).toBeUndefined();
});

it('a window whose start equals its end is never quiet', () => {
  const empty = { start: '22:00', end: '22:00' };
  for (const now of ['2026-01-10T21:00:00Z', '2026-01-10T03:00:00Z', '2026-03-29T01:00:00Z']) {
    expect(quietUntil(now, 'Europe/Berlin', empty)).toBeUndefined();
  }
});

it('the same moment is night for one customer and day for another', () => {
  expect(quietUntil('2026-01-10T03:00:00Z', 'Europe/Berlin')).toBe('2026-01-10T06:00:00.000Z');
  expect(quietUntil('2026-01-10T03:00:00Z', 'America/Los_Angeles')).toBeUndefined();
  expect(quietUntil('2026-01-10T17:00:00Z', 'Asia/Kathmandu')).toBe('2026-01-11T01:15:00.000Z');
});

describe('when the clocks go forward in Berlin, from 02:00 to 03:00 on 29 March 2026', () => {
  it('the night is an hour shorter', () => {
    expect(quietUntil('2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  });

  it('a window that would end in the hour that is left out ends with the jump', () => {
    const quietHours = { start: '22:00', end: '02:30' };
    expect(quietUntil('2026-03-29T00:30:00Z', 'Europe/Berlin', quietHours)).toBe('2026-03-29T01:00:00.000Z');
  });

  it('a window that would begin in that hour begins with the jump', () => {
    const quietHours = { start: '02:30', end: '06:00' };
    expect(quietUntil('2026-03-29T00:59:59Z', 'Europe/Berlin', quietHours)).toBeUndefined();
    expect(quietUntil('2026-03-29T01:00:00Z', 'Europe/Berlin', quietHours)).toBe('2026-03-29T04:00:00.000Z');
  });

  it('a window that lies in that hour does not come at all', () => {
    const quietHours = { start: '02:00', end: '03:00' };
    expect(quietUntil('2026-03-29T00:59:59Z', 'Europe/Berlin', quietHours)).toBeUndefined();
    expect(quietUntil('2026-03-29T01:00:00Z', 'Europe/Berlin', quietHours)).toBeUndefined();
  });
});

describe('when the clocks go back in Berlin, from 03:00 to 02:00 on 25 October 2026', () => {
  const untilHalfPastTwo = { start: '22:00', end: '02:30' };

  it('the night is an hour longer', () => {
    expect(quietUntil('2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('an end that comes twice is the first of the two', () => {
    expect(quietUntil('2026-10-24T23:00:00Z', 'Europe/Berlin', untilHalfPastTwo)).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it('the half-hour that comes again is quiet again', () => {
    expect(quietUntil('2026-10-25T00:45:00Z', 'Europe/Berlin', untilHalfPastTwo)).toBeUndefined();
    expect(quietUntil('2026-10-25T01:15:00Z', 'Europe/Berlin', untilHalfPastTwo)).toBe(
      '2026-10-25T01:30:00.000Z',
    );
  });

  it('an end at the very moment of the change is put off by it', () => {
    const untilThree = { start: '22:00', end: '03:00' };
    expect(quietUntil('2026-10-25T00:30:00Z', 'Europe/Berlin', untilThree)).toBe('2026-10-25T02:00:00.000Z');
  });
});

it('Lord Howe Island changes its clocks by half an hour', () => {
  expect(quietUntil('2026-10-03T13:00:00Z', 'Australia/Lord_Howe')).toBe('2026-10-03T20:00:00.000Z');
  expect(quietUntil('2026-04-04T13:00:00Z', 'Australia/Lord_Howe')).toBe('2026-04-04T20:30:00.000Z');
});

it('a Samoan night that was followed by a day that never came still ends in the morning', () => {
  // Apia left out 30 December 2011, by crossing the date line.
  expect(quietUntil('2011-12-30T09:00:00Z', 'Pacific/Apia')).toBe('2011-12-30T17:00:00.000Z');
});

it.each(['Mars/Olympus', '', 'toString', '__proto__'])(
  'a time zone called "%s" is an error that says so',
  (timeZone) => {
    // What is remembered of another zone makes no difference.
    quietUntil('2026-01-10T21:00:00Z', 'UTC');

    expect(() => quietUntil('2026-01-10T21:00:00Z', timeZone)).toThrow(UnknownTimeZoneError);
  },
);

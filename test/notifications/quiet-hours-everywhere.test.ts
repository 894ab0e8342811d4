import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quietUntilMs } from '../../src/notifications/index.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const timeZones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
];

/** Asks the calendar itself, minute by minute; it knows nothing of offsets. */
function slowly(
  { start, end }: { start: string; end: string },
  timeZone: string,
  nowMs: number,
): number | undefined {
  const timeOfDay = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const isQuiet = (atMs: number): boolean => {
    const now = timeOfDay.format(atMs);
    return start <= end ? now >= start && now < end : now >= start || now < end;
  };
  if (!isQuiet(nowMs)) return undefined;
  let atMs = (Math.floor(nowMs / minuteMs) + 1) * minuteMs;
  while (isQuiet(atMs)) atMs += minuteMs;
  return atMs;
}

/** The hours of some years in which a zone changes its clocks. */
function clockChanges(timeZone: string): number[] {
  const { format } = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsetAt = (atMs: number): string | undefined => format(atMs).split('GMT')[1];
  const changes: number[] = [];
  for (const year of [2011, 2025, 2026]) {
    const days = Array.from({ length: 366 }, (_, day) => Date.UTC(year, 0, 1 + day));
    for (const dayMs of days.filter((ms) => offsetAt(ms) !== offsetAt(ms + 24 * hourMs))) {
      const hours = Array.from({ length: 24 }, (_, hour) => dayMs + hour * hourMs);
      changes.push(hours.find((ms) => offsetAt(ms) !== offsetAt(ms + hourMs)) ?? dayMs);
    }
  }
  return changes.length > 0 ? changes : [Date.UTC(2026, 2, 29)];
}

const timeOfDay = fc
  .tuple(
    fc.integer({ min: 0, max: 23 }),
    fc.oneof(fc.constantFrom(0, 30, 45), fc.integer({ min: 0, max: 59 })),
  )
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

it.each(timeZones)(
  'quiet hours in %s end when the clock on the wall says so, around every change of it',
  (timeZone) => {
    const moment = fc
      .tuple(fc.constantFrom(...clockChanges(timeZone)), fc.integer({ min: -30 * hourMs, max: 8 * hourMs }))
      .map(([changeMs, distanceMs]) => changeMs + distanceMs);

    fc.assert(
      fc.property(fc.record({ start: timeOfDay, end: timeOfDay }), moment, (quietHours, nowMs) => {
        const untilMs = quietUntilMs({ quietHours, timeZone, nowMs });
        expect(untilMs).toBe(slowly(quietHours, timeZone, nowMs));
      }),
      { numRuns: 200, seed: 1 },
    );
  },
);

import { tz } from '@date-fns/tz';
import { getDay, isValid, parse, subDays, subHours } from 'date-fns';
import { millisecondsInMinute } from 'date-fns/constants';
import type { ReminderKind } from './messages.ts';

const zone = tz('America/New_York');

/** The practice: New York, Monday to Friday from 9:00 to 17:00, half an hour each. */
export const practice = {
  name: 'Corner Practice',
  address: 'desk@practice.example',
  where: '12 Corner Street, New York',
  from: '09:00',
  to: '17:00',
  slotMinutes: 30,
  offerMs: 15 * millisecondsInMinute,
} as const;

/** When a slot begins, milliseconds since the epoch; NaN for one that is no moment at all. */
export function startOf(slotId: string): number {
  const start = parse(slotId, "yyyy-MM-dd'T'HH:mm", 0, { in: zone });
  return isValid(start) ? start.getTime() : Number.NaN;
}

/** Whether the schedule has such a slot. */
export function isScheduled(slotId: string): boolean {
  const startMs = startOf(slotId);
  if (Number.isNaN(startMs)) return false;
  const weekday = getDay(startMs, { in: zone });
  const time = slotId.slice(11);
  const isInTime = time >= practice.from && time < practice.to;
  return weekday >= 1 && weekday <= 5 && isInTime && Number(time.slice(3)) % practice.slotMinutes === 0;
}

/** Two days before at the same time of the day, which need not be 48 hours; and two hours before, which are two hours. */
export function reminderDueMs(slotId: string, kind: ReminderKind): number {
  const startMs = startOf(slotId);
  const due = kind === 'days' ? subDays(startMs, 2, { in: zone }) : subHours(startMs, 2, { in: zone });
  return due.getTime();
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: 'UTC' });

/** `Monday, March 9, 2026 at 09:00` */
export const inWords = (slotId: string): string =>
  `${day.format(Date.parse(`${slotId.slice(0, 10)}T00:00:00Z`))} at ${slotId.slice(11)}`;

const local = new Intl.DateTimeFormat('en', {
  timeZone: 'America/New_York',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `Sat 09:00`, by the clock of the practice. */
export const localTime = (atMs: number): string => local.format(atMs);

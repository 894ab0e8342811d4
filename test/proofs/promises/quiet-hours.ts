import { millisecondsInMinute } from 'date-fns/constants';
import { customers } from '../support/cast.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import { type Course, lookedAt } from './courses.ts';

/** What was let through may still have to wait for its turn, or for a slow provider. */
const graceMs = 5 * millisecondsInMinute;

/**
 * Nobody is texted in quiet hours, by the clock on the wall, however often that is set. A text that was let through by day
 * may arrive at night, when the process stood still with it half out of the house.
 */
export function textedAtNight({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const settings = shop.history.of('set');
  const stills = shop.history.of('stood-still');
  return courses.flatMap((course) => {
    const { key, channel, notification, asks } = course;
    const quietHours = customers.find(({ id }) => id === notification.customerId)?.quietHours ?? null;
    if (channel !== 'sms' || quietHours === null || notification.type === 'payment-failed') return [];
    const { start, end } = quietHours;
    const isQuiet = (atMs: number): boolean => {
      const time = new Date(atMs).toISOString().slice(11, 16);
      return time >= start || time < end;
    };
    const atNight = asks.some((ask) => {
      const { wallMs, steadyMs, seq } = ask;
      const isSetMeanwhile = settings.some((each) => each.seq < seq && steadyMs - each.steadyMs < graceMs);
      const looked = lookedAt(course, ask);
      const stoodStill = stills.some((each) => looked.seq < each.seq && each.seq < seq);
      const wasLetThrough = stoodStill && !isQuiet(looked.wallMs);
      return isQuiet(wallMs) && isQuiet(wallMs - graceMs) && !isSetMeanwhile && !wasLetThrough;
    });
    return atNight ? [`texted at night: ${key}`] : [];
  });
}

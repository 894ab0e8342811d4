import { millisecondsInMinute } from 'date-fns/constants';
import { customers } from '../support/cast.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Course } from './courses.ts';

/** What was let through may still have to wait for its turn, or for a slow provider. */
const graceMs = 5 * millisecondsInMinute;

/** Nobody is texted in quiet hours, by the clock on the wall, however often that is set. */
export function textedAtNight({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const settings = shop.history.of('set');
  return courses.flatMap(({ key, channel, notification, asks }) => {
    const quietHours = customers.find(({ id }) => id === notification.customerId)?.quietHours ?? null;
    if (channel !== 'sms' || quietHours === null || notification.type === 'payment-failed') return [];
    const { start, end } = quietHours;
    const isQuiet = (atMs: number): boolean => {
      const time = new Date(atMs).toISOString().slice(11, 16);
      return time >= start || time < end;
    };
    const atNight = asks.some(({ wallMs, steadyMs, seq }) => {
      const isSetMeanwhile = settings.some((each) => each.seq < seq && steadyMs - each.steadyMs < graceMs);
      return isQuiet(wallMs) && isQuiet(wallMs - graceMs) && !isSetMeanwhile;
    });
    return atNight ? [`texted at night: ${key}`] : [];
  });
}

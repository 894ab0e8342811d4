import type { Aftermath } from '../support/play-schedule.ts';
import { type Course, endOf } from './courses.ts';

/** What the ledger says against what the providers have: nothing twice without need, nothing said that is not so. */
export function answeredWrongly({ shop }: Aftermath, courses: readonly Course[]): string[] {
  return courses.flatMap((course) => {
    const { key, asks } = course;
    const taken = asks.filter(({ isTaken }) => isTaken);
    const unheard = taken.filter(({ answer }) => answer !== 'yes').length;
    const unrecorded = shop.deaths.filter((death) => death.unrecorded.includes(key)).length;
    const status = endOf(course)?.delivery.status;
    const broken: string[] = [];
    if (taken.length > 1 + unheard + unrecorded) broken.push(`doubled: ${key}`);
    if (status === 'sent' && taken.length === 0) broken.push(`said to be sent: ${key}`);
    if (status === 'skipped' && taken.length > unheard + unrecorded)
      broken.push(`said to be skipped: ${key}`);
    return broken;
  });
}

import type { Aftermath } from '../support/play-schedule.ts';
import { type Course, hasOwnReasonToWait, isEnteredLate } from './courses.ts';
import { isBeforeInLine } from './isolation.ts';

/** What is said of one subject to one customer arrives in the order of the requests, or not at all. */
export function outOfOrder({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const arrivals = courses.flatMap((course) => {
    const taken = course.asks.find(({ isTaken }) => isTaken);
    return taken === undefined ? [] : [{ course, taken }];
  });
  const stills = shop.history.of('stood-still');
  const lost = new Set(shop.history.of('lost').map(({ key }) => key));
  return arrivals.flatMap(({ course: later, taken }) => {
    const overtook = arrivals.some(({ course: earlier, taken: takenLater }) => {
      if (takenLater.seq < taken.seq || !isBeforeInLine(earlier, later)) return false;
      // Turns are kept in memory; and what waits for the morning lets what is said of it by others go first.
      const isStopped = [...shop.deaths, ...stills].some(
        ({ seq }) => seq > earlier.opened.seq && seq < takenLater.seq,
      );
      const isLate = isEnteredLate(earlier) || lost.has(earlier.key);
      return !isStopped && !isLate && !hasOwnReasonToWait(earlier) && !hasOwnReasonToWait(later);
    });
    return overtook ? [`out of order: ${later.key}`] : [];
  });
}

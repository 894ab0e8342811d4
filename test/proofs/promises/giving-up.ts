import type { Aftermath } from '../support/play-schedule.ts';
import type { Ask } from '../support/provider.ts';
import { type Course, endOf } from './courses.ts';

const maxAttempts = 3;
/** By then nobody is merely busy: see ADR 0030. By the clock on the wall, which has the request's moment: ADR 0032. */
const busyForMs = 24 * 60 * 60_000;

/** A provider that is busy uses up no attempt, and nothing is given up that nobody refused. */
export function givenUpWrongly(_: Aftermath, courses: readonly Course[]): string[] {
  return courses.flatMap((course) => {
    const end = endOf(course);
    if (end === undefined) return [];
    const { key, notification, asks } = course;
    const { attempts, reason, status } = end.delivery;
    const before = asks.filter(({ seq }) => seq < end.seq);
    const tried = before.filter(({ isBusy }) => !isBusy);
    const broken: string[] = [];
    if (attempts > tried.length) broken.push(`an attempt used up by a provider that was busy: ${key}`);
    if (status !== 'dead_lettered') return broken;
    const hasFailed = (answer: Ask['answer']): boolean => tried.some((ask) => ask.answer === answer);
    const isLongBusy = before.at(-1)?.isBusy === true && end.wallMs - notification.requestedAtMs > busyForMs;
    const isReason =
      (reason === 'rejected' && hasFailed('permanent')) ||
      (reason === 'attempts_exhausted' && (tried.length >= maxAttempts || isLongBusy)) ||
      (reason === 'outcome_unknown' && tried.length >= maxAttempts && hasFailed('none'));
    if (!isReason) broken.push(`given up without need (${reason}): ${key}`);
    return broken;
  });
}

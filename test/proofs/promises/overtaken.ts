import type { Entries, Moment } from '../support/history.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Ask } from '../support/provider.ts';
import { type Course, deferralsOf, endOf } from './courses.ts';
import { Facts } from './facts.ts';

/** Whoever waited without a verdict has waited from so long on: see ADR 0037. */
const waitedMs = 1000;

/**
 * What waited and was sent though it was no longer so when its time came, and what was skipped though it was still so,
 * or had not waited.
 */
export function overtakenWrongly({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const known: Known = { facts: new Facts(shop.history), waitsOf: waitsBetween(shop.history.of('set')) };
  return courses.flatMap((course) => [
    ...skippedWithoutNeed(course, known),
    ...course.asks.flatMap((ask) => sentThoughOver(course, ask, known)),
  ]);
}

interface Known {
  readonly facts: Facts;
  /** How long it may be taken to have waited by then. */
  waitsOf(course: Course, then: Moment): readonly number[];
}

function skippedWithoutNeed(course: Course, { facts, waitsOf }: Known): string[] {
  const end = endOf(course);
  if (end?.delivery.reason !== 'overtaken') return [];
  const { key, notification, opened, takenUp } = course;
  const broken: string[] = [];
  const askedFrom = takenUp.findLast(({ seq }) => seq < end.seq) ?? opened;
  const hasWaited = isDeferredBefore(course, end.seq) || Math.max(...waitsOf(course, end)) >= waitedMs;
  if (!hasWaited) broken.push(`overtaken without having waited: ${key}`);
  if (!facts.isEverOver(notification, askedFrom.seq, end.seq)) broken.push(`overtaken and still so: ${key}`);
  return broken;
}

/** Its time has come, it is asked, and then it may have to wait for its turn: what happens in that time is too late. */
function sentThoughOver(course: Course, ask: Ask, { facts, waitsOf }: Known): string[] {
  const { key, notification, takenUp } = course;
  const asked = takenUp.findLast(({ seq }) => seq < ask.seq);
  if (asked === undefined) return [];
  const hasWaited = isDeferredBefore(course, asked.seq) || Math.min(...waitsOf(course, asked)) >= waitedMs;
  if (!hasWaited || !facts.isAlwaysOver(notification, asked.seq, ask.seq)) return [];
  return [`sent though it is no longer so: ${key}`];
}

const isDeferredBefore = (course: Course, beforeSeq: number): boolean =>
  deferralsOf(course).some(({ seq }) => seq < beforeSeq);

/**
 * Where no verdict tells, the product reads from the wall how long it is since the request, a little before what it
 * does is seen: whatever the wall said between the two counts, just before somebody set it and just after.
 */
function waitsBetween(sets: Entries<'set'>) {
  return ({ opened, notification }: Course, then: Moment): readonly number[] => {
    const walls = [then.wallMs];
    let last: Moment = opened;
    for (const set of sets) {
      if (set.seq <= opened.seq || set.seq >= then.seq) continue;
      walls.push(last.wallMs + set.steadyMs - last.steadyMs, set.wallMs);
      last = set;
    }
    return [then.steadyMs - opened.steadyMs, ...walls.map((wallMs) => wallMs - notification.requestedAtMs)];
  };
}

import { type Course, coursesOf, endOf, hasOwnReasonToWait } from '../promises/courses.ts';
import { givenUpWrongly } from '../promises/giving-up.ts';
import { isBeforeInLine } from '../promises/isolation.ts';
import { toldWrongly } from '../promises/told.ts';
import type { Entry, History, Moment } from '../support/history.ts';
import type { Ask } from '../support/provider.ts';
import type { SharedAftermath } from './play.ts';

const sendTimeoutMs = 30_000;

/** Every promise that was broken, in words; none when all is well. */
export async function checkTogether(aftermath: SharedAftermath): Promise<readonly string[]> {
  const { datastore, shop, deadMessages, leftByOne } = aftermath;
  const courses = coursesOf(aftermath).map((course) => asHeard(course, shop.history));
  const { requested, sent, skipped, deadLettered, pending } = await datastore.ledger.counts();
  const broken = [
    ...shop.failures.map((thrown) => `somebody failed: ${thrown instanceof Error ? thrown.stack : thrown}`),
    ...toldWrongly(aftermath, courses).broken,
    // Whether somebody who stood still has heard an answer in time is theirs to say.
    ...givenUpWrongly(
      aftermath,
      courses.filter((course) => !stoodStillMeanwhile(course, shop.history)),
    ),
    ...writtenUnderNoLease(shop.history.entries),
    ...departedUnderNoLease(shop.history),
    ...courses.flatMap((course) => [
      ...takenWithoutNeed(course, shop.history),
      ...saidWrongly(course, shop.history),
    ]),
    ...outOfOrder(courses, shop.history),
    ...enteredOutOfOrder(courses, shop.history),
  ];
  const keys = new Set(courses.map(({ key }) => key));
  for (const { key } of shop.providers.flatMap(({ journal }) => journal))
    if (!keys.has(key)) broken.push(`sent under a key that nobody knows: ${key}`);
  if (leftByOne > 0) broken.push(`${leftByOne} deliveries were left by the worker that was there`);
  if (pending > 0) broken.push(`${pending} deliveries are still pending`);
  if (requested !== sent + skipped + deadLettered + pending) broken.push('the ledger does not add up');
  if (requested !== courses.length) broken.push('the ledger has not what was requested');
  if (deadMessages > 0) broken.push(`${deadMessages} messages are dead letters`);
  return broken;
}

/** One message on its way to a provider. */
interface Trip {
  readonly departed: Moment;
  readonly ask: Ask;
}

/** In the order in which they departed. Of one process they arrive in that order, or nobody can tell. */
function tripsOf({ key, asks }: Course, history: History): readonly Trip[] {
  const departures = history.of('departed').filter((each) => each.key === key);
  const ofLife = new Map<number, Moment[]>();
  for (const each of departures) ofLife.set(each.life, [...(ofLife.get(each.life) ?? []), each]);
  return asks
    .map((ask): Trip => ({ ask, departed: ofLife.get(ask.life)?.shift() ?? ask }))
    .sort((one, other) => one.departed.seq - other.departed.seq);
}

/** An answer that takes longer than a provider is given is none. */
function asHeard(course: Course, history: History): Course {
  const late = new Set(
    tripsOf(course, history).flatMap(({ ask, departed }) =>
      (ask.answered?.steadyMs ?? Number.POSITIVE_INFINITY) - departed.steadyMs < sendTimeoutMs ? [] : ask,
    ),
  );
  const asks = course.asks.map(
    (ask): Ask => (late.has(ask) ? { ...ask, answer: 'none', isBusy: false, retryAfterMs: 0 } : ask),
  );
  return { ...course, asks };
}

/** Whether a process stood still that had it on its way to a provider. */
const stoodStillMeanwhile = ({ key }: Course, history: History): boolean =>
  history.of('departed').some(
    (departed) =>
      departed.key === key &&
      history.of('stood-still').some(({ life, seq, steadyMs }) => {
        const isBehind = life === departed.life && seq > departed.seq;
        return isBehind && steadyMs <= departed.steadyMs + sendTimeoutMs;
      }),
  );

/** Who has the lease at each moment, by what is on record of it. */
function writtenUnderNoLease(entries: readonly Entry[]): string[] {
  let holder: { readonly token: number; readonly life: number } | undefined;
  const broken: string[] = [];
  for (const entry of entries) {
    if (entry.kind === 'leased') holder = entry;
    if (entry.kind === 'given-back' && entry.token === holder?.token) holder = undefined;
    const what = fenced(entry);
    if (what !== undefined && entry.life !== holder?.life)
      broken.push(`process ${entry.life} wrote while ${holder?.life ?? 'nobody'} had the lease: ${what}`);
  }
  return broken;
}

/** What only the holder of the lease may write. */
function fenced(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'recorded':
      return `what became of ${entry.delivery.notificationId} ${entry.delivery.channel}`;
    case 'taken-up':
    case 'lost':
      return `${entry.kind} ${entry.key}`;
    case 'consumed':
      return 'what became of messages';
    default:
      return undefined;
  }
}

/** Nothing leaves a worker whose lease has run out, as far as it can know. */
function departedUnderNoLease(history: History): string[] {
  const leases = [...history.of('leased'), ...history.of('renewed')].sort(
    (one, other) => one.seq - other.seq,
  );
  return history.of('departed').flatMap(({ key, life, seq, steadyMs }) => {
    const own = leases.findLast((lease) => lease.life === life && lease.seq < seq);
    return own !== undefined && steadyMs < own.untilMs
      ? []
      : [`departed though the lease had run out: ${key}`];
  });
}

/**
 * A message departs once more only if nobody heard the provider's answer, since that never came or the process stood still
 * meanwhile, or if the lease changed hands before it was on record; and nothing departs once it is on record as sent.
 */
function takenWithoutNeed(course: Course, history: History): string[] {
  const { key, stands } = course;
  const recorded = stands.find(({ delivery }) => delivery.status === 'sent');
  const trips = tripsOf(course, history).filter(({ ask }) => ask.isTaken);
  return trips.flatMap(({ departed }, index) => {
    if (recorded !== undefined && recorded.seq < departed.seq) return [`sent once more: ${key}`];
    const before = trips[index - 1];
    if (before === undefined) return [];
    const isBetween = ({ seq }: Moment): boolean => before.departed.seq < seq && seq < departed.seq;
    const isBroken =
      history.of('leased').some(isBetween) ||
      history.of('stood-still').some((still) => still.life === before.ask.life && isBetween(still));
    return before.ask.answer === 'yes' && !isBroken ? [`doubled: ${key}`] : [];
  });
}

/** What the ledger says against what the providers have. */
function saidWrongly(course: Course, history: History): string[] {
  const { key, asks } = course;
  const end = endOf(course);
  const taken = asks.filter(({ isTaken }) => isTaken);
  if (end?.delivery.status === 'sent' && !taken.some(({ seq }) => seq < end.seq))
    return [`said to be sent: ${key}`];
  const isKnown = (ask: Ask): boolean =>
    ask.answer === 'yes' && !history.of('leased').some(({ seq }) => ask.seq < seq);
  if (end?.delivery.status === 'skipped' && taken.some((ask) => ask.seq < end.seq && isKnown(ask)))
    return [`said to be skipped: ${key}`];
  return [];
}

/** Turns are kept in memory: behind an accident what was in hand may come after what was requested later (ADR 0033). */
const hadAnAccident = (history: History, from: Moment, to: Moment): boolean =>
  [...history.of('leased'), ...history.of('stood-still')].some(({ seq }) => from.seq < seq && seq < to.seq);

/** What is said of one subject to one customer arrives in the order of the requests, or not at all. */
function outOfOrder(courses: readonly Course[], history: History): string[] {
  const arrivals = courses.flatMap((course) => {
    const taken = course.asks.find(({ isTaken }) => isTaken);
    return taken === undefined ? [] : [{ course, taken }];
  });
  const lost = new Set(history.of('lost').map(({ key }) => key));
  return arrivals.flatMap(({ course: later, taken }) => {
    const overtook = arrivals.some(({ course: earlier, taken: takenLater }) => {
      if (takenLater.seq < taken.seq || !isBeforeInLine(earlier, later)) return false;
      const isExcused =
        hadAnAccident(history, earlier.opened, takenLater) ||
        lost.has(earlier.key) ||
        hasOwnReasonToWait(earlier) ||
        hasOwnReasonToWait(later);
      return !isExcused;
    });
    return overtook ? [`out of order: ${later.key}`] : [];
  });
}

/** What happened to one subject is handled in its order, whoever handles it. */
function enteredOutOfOrder(courses: readonly Course[], history: History): string[] {
  const causes = new Map(history.of('event').map(({ event, seq }) => [event.id, seq]));
  const broken: string[] = [];
  const last = new Map<string, { readonly seq: number; readonly id: string }>();
  for (const { notification, channel } of courses) {
    const seq = causes.get(notification.causeId);
    if (seq === undefined) continue;
    const line = `${notification.subject} ${notification.customerId} ${channel}`;
    const before = last.get(line);
    if (before !== undefined && before.seq > seq)
      broken.push(`handled out of order: ${notification.id} behind ${before.id}`);
    last.set(line, { seq, id: notification.id });
  }
  return broken;
}

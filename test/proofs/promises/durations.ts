import { millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import { endpointOf, paceOf } from '../support/endpoint.ts';
import type { Entries } from '../support/history.ts';
import { deliverySettings } from '../support/mortal-shop.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Ask } from '../support/provider.ts';
import { type Course, hasOwnReasonToWait } from './courses.ts';
import { groupBy } from './group-by.ts';

const openForMs = millisecondsInMinute;
/** What a retry may come later than it is due: probes, turns, slow answers. An hour's step is more. */
const slackMs = 3 * millisecondsInMinute;
const longestJitter = 1.2;
const pacedForMs = 2 * millisecondsInHour;

type Openings = Entries<'breaker'>;

/** How long things last, by the time that has passed: whatever the clock on the wall is set to. */
export function waitedWrongly({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const openings = shop.history.of('breaker').filter(({ state }) => state === 'open');
  const asks = shop.providers.flatMap(({ journal }) => journal);
  const refusals = groupBy(
    asks.filter(({ isBusy, isOfRecipient }) => isBusy && !isOfRecipient),
    paceIn,
  );
  const refusalsOf = (ask: Ask): readonly Ask[] => refusals.get(paceIn(ask)) ?? [];
  const stills = shop.history.of('stood-still');
  return [
    ...asks.flatMap((ask) => [...askedWhileOpen(ask, openings), ...askedWhileBusy(ask, refusalsOf(ask))]),
    ...courses.flatMap((course) => retriedWrongly(course, { openings, refusalsOf, stills })),
  ];
}

/** Who is paced as one, in one process. */
const paceIn = ({ life, channel, to }: Ask): string => `${life} ${paceOf(channel, to)}`;

const isOf = ({ channel, endpoint }: Openings[number], ask: Ask): boolean =>
  channel === ask.channel && (endpoint === undefined || endpoint === endpointOf(channel, ask.to));

/** A breaker stays open for its minute. */
function askedWhileOpen(ask: Ask, openings: Openings): string[] {
  const open = openings.find((opening) => {
    const sinceMs = ask.steadyMs - opening.steadyMs;
    return opening.life === ask.life && opening.seq < ask.seq && sinceMs < openForMs && isOf(opening, ask);
  });
  return open === undefined ? [] : [`asked while the breaker is open: ${ask.key}`];
}

/** Who says how long it is busy is left alone for that long. */
function askedWhileBusy(ask: Ask, refusals: readonly Ask[]): string[] {
  const busy = refusals.find(({ answered, retryAfterMs }) => {
    const sinceMs = answered === undefined ? 0 : ask.steadyMs - answered.steadyMs;
    // What left in the millisecond of the answer may not have known it.
    return sinceMs > 0 && sinceMs < retryAfterMs;
  });
  return busy === undefined ? [] : [`asked while the provider is busy: ${ask.key}`];
}

interface Circumstances {
  readonly openings: Openings;
  refusalsOf(ask: Ask): readonly Ask[];
  readonly stills: Entries<'stood-still'>;
}

/** Not earlier than the back-off and the provider say, and not much later. */
function retriedWrongly(course: Course, { openings, refusalsOf, stills }: Circumstances): string[] {
  return course.asks.flatMap((ask, index) => {
    const next = course.asks[index + 1];
    const { answered, answer } = ask;
    if (next === undefined || answered === undefined || next.life !== ask.life || answer === 'yes') return [];
    const waitedMs = next.steadyMs - answered.steadyMs;
    const { leastMs, mostMs } = backOffOf(ask, course.asks.slice(0, index + 1));
    if (waitedMs < leastMs) return [`tried again too early: ${course.key}`];
    const hasStoodStill = stills.some(({ seq }) => answered.seq < seq && seq < next.seq);
    if (hasStoodStill || hasOwnReasonToWait(course) || isPaced(next, refusalsOf(next))) return [];
    const lastOpening = openings.findLast(
      (opening) => opening.life === ask.life && opening.seq < next.seq && isOf(opening, ask),
    );
    const dueAtMs = Math.max(
      answered.steadyMs + mostMs,
      lastOpening === undefined ? 0 : lastOpening.steadyMs + openForMs,
    );
    return next.steadyMs > dueAtMs + slackMs ? [`tried again too late: ${course.key}`] : [];
  });
}

function backOffOf({ channel, life, isBusy, retryAfterMs }: Ask, until: readonly Ask[]) {
  const { retry, retryOf } = deliverySettings;
  if (isBusy) return { leastMs: retryAfterMs, mostMs: Math.max(retryAfterMs, millisecondsInMinute) };
  if (channel !== 'webhook')
    return { leastMs: retryAfterMs, mostMs: Math.max(retryAfterMs, retry.maxDelayMs) };
  // What a process that died had tried may not be on record.
  const tried = until.filter((ask) => !ask.isBusy && ask.life === life).length;
  const { delaysMs } = retryOf.webhook;
  const delayMs = delaysMs[Math.min(tried, delaysMs.length) - 1] ?? 0;
  return {
    leastMs: Math.max(retryAfterMs, Math.floor(delayMs * (2 - longestJitter))),
    mostMs: Math.max(retryAfterMs, Math.max(...delaysMs) * longestJitter),
  };
}

/** Who was busy a while ago is asked slowly still. */
const isPaced = (ask: Ask, refusals: readonly Ask[]): boolean =>
  refusals.some(({ seq, steadyMs }) => seq < ask.seq && ask.steadyMs - steadyMs < pacedForMs);

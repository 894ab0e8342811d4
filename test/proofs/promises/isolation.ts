import { millisecondsInMinute, millisecondsInSecond } from 'date-fns/constants';
import { endpointOf, paceOf } from '../support/endpoint.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Ask } from '../support/provider.ts';
import { type Course, endOf, hasOwnReasonToWait, isEnteredLate } from './courses.ts';

const withinMs = 10 * millisecondsInSecond;
/** What happened at an endpoint so long ago holds up nobody any more. */
const rememberedMs = 30 * millisecondsInMinute;

/** Whoever's own endpoint is well hears within seconds, whatever the others' do. */
export function delayedByOthers({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const asks = shop.providers.flatMap(({ journal }) => journal);
  const pauses = shop.history.of('stood-still');
  const lost = new Set(shop.history.of('lost').map((each) => each.key));
  return courses.flatMap((course) => {
    const { key, opened, asks: own } = course;
    const [first] = own;
    if (first === undefined || first.steadyMs - opened.steadyMs <= withinMs) return [];
    const isExcused =
      first.life !== opened.life ||
      pauses.some(({ seq }) => opened.seq < seq && seq < first.seq) ||
      lost.has(key) ||
      isEnteredLate(course) ||
      hasOwnReasonToWait(course) ||
      isBehindAnother(course, courses, first) ||
      asks.some((ask) => isTroubleOf(ask, course, first));
    return isExcused ? [] : [`waited for the troubles of others: ${key}`];
  });
}

/** What is said of one subject to one customer leaves in order. */
const isBehindAnother = (course: Course, courses: readonly Course[], first: Ask): boolean =>
  courses.some((other) => {
    const endMs = endOf(other)?.steadyMs ?? Number.POSITIVE_INFINITY;
    return isBeforeInLine(other, course) && endMs >= first.steadyMs - withinMs;
  });

export const isBeforeInLine = (one: Course, other: Course): boolean =>
  one.opened.seq < other.opened.seq &&
  one.channel === other.channel &&
  one.notification.customerId === other.notification.customerId &&
  one.notification.subject === other.notification.subject;

function isTroubleOf(ask: Ask, { channel, address, opened }: Course, first: Ask): boolean {
  if (ask.seq > first.seq || ask.channel !== channel) return false;
  if (ask.isOfRecipient) return ask.to === address;
  // At the pace that a provider has shown that it takes, it is asked from then on.
  if (ask.isBusy) return ask.life === first.life && paceOf(channel, ask.to) === paceOf(channel, address);
  if ((ask.answered?.steadyMs ?? first.steadyMs) < opened.steadyMs - rememberedMs) return false;
  return ask.answer !== 'yes' && endpointOf(channel, ask.to) === endpointOf(channel, address);
}

import { millisecondsInMinute, millisecondsInSecond } from 'date-fns/constants';
import type { Entries, History, Moment } from '../support/history.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import { hardCodes } from '../support/reports.ts';
import { type Course, endOf, lookedAt } from './courses.ts';
import { groupBy } from './group-by.ts';

/** What was let through before may still have to wait for its turn, or for a slow provider. */
const graceMs = 5 * millisecondsInMinute;
const atOnceMs = millisecondsInSecond;

/** From when to when an address was suppressed, by the record of it. */
interface Span {
  readonly from: Moment;
  /** Undefined: it is so still. */
  readonly to: Moment | undefined;
}

/**
 * Whose message bounced because the address is none is not written to again until somebody lifts that; whatever else
 * is reported, of whatever message or person, suppresses nobody.
 */
export function suppressedWrongly({ shop }: Aftermath, courses: readonly Course[]): string[] {
  const stills = new Standstills(shop.history.of('stood-still'));
  const known = new Set(courses.map(({ address }) => address));
  const isStranger = shop.history.of('suppressed').some(({ address }) => !known.has(address));
  const broken = isStranger ? ['somebody who is no customer is suppressed'] : [];
  for (const [address, own] of groupBy(courses, (course) => course.address)) {
    const spans = spansOf(shop.history, address);
    const bounces = own.flatMap((course) => hardBouncesOf(course, shop.history.of('receipt')));
    for (const bounce of bounces)
      if (!spans.some((span) => beginsBy(span, bounce, stills)))
        broken.push(`a hard bounce suppressed nobody: ${bounce.key}`);
    for (const { from } of spans)
      if (!hasReason(from, { bounces, own, lifted: shop.history.of('lifted') }))
        broken.push(
          `suppressed without a hard bounce: ${own[0]?.notification.customerId} ${own[0]?.channel}`,
        );
    for (const course of own) {
      if (wasSentThoughSuppressed(course, spans, stills))
        broken.push(`sent though suppressed: ${course.key}`);
      if (wasSkippedThoughNotSuppressed(course, spans, stills))
        broken.push(`skipped though not suppressed: ${course.key}`);
    }
  }
  return broken;
}

class Standstills {
  readonly #all: readonly Moment[];

  constructor(all: readonly Moment[]) {
    this.#all = all;
  }

  isOneBetween(from: Moment, to: Moment): boolean {
    return this.#all.some(({ seq }) => from.seq < seq && seq < to.seq);
  }

  /** What was looked up just before the moment may have been entered only when the process went on. */
  isOneBegunAt({ steadyMs }: Moment): boolean {
    return this.#all.some((each) => each.steadyMs === steadyMs);
  }
}

function spansOf(history: History, address: string): Span[] {
  const lifted = history.of('lifted').filter((each) => each.address === address);
  return history
    .of('suppressed')
    .filter((each) => each.address === address)
    .map((from) => ({ from, to: lifted.find(({ seq }) => seq > from.seq) }));
}

/** When both were known: that it was sent, and that it came back. */
function hardBouncesOf(course: Course, receipts: Entries<'receipt'>): (Moment & { readonly key: string })[] {
  const { key, channel, address } = course;
  const end = endOf(course);
  const id = end?.delivery.receipt;
  if (end === undefined || id == null) return [];
  return receipts.flatMap((each) => {
    const { providerMessageId, recipient, code } = each.receipt;
    if (each.receipt.channel !== channel || providerMessageId !== id || !hardCodes.includes(code)) return [];
    if (recipient !== null && recipient.toLowerCase() !== address) return [];
    const { seq, steadyMs, wallMs, life } = each.seq > end.seq ? each : end;
    return [{ key, seq, steadyMs, wallMs, life }];
  });
}

const beginsBy = ({ from, to }: Span, bounce: Moment, stills: Standstills): boolean =>
  (to === undefined || to.seq > bounce.seq) &&
  (from.steadyMs - bounce.steadyMs <= atOnceMs || stills.isOneBetween(bounce, from));

interface Reasons {
  readonly bounces: readonly Moment[];
  readonly own: readonly Course[];
  readonly lifted: Entries<'lifted'>;
}

/** A bounce that had not been lifted, or a refusal for good at once. */
function hasReason(from: Moment, { bounces, own, lifted }: Reasons): boolean {
  const hasBounced = bounces.some((bounce) => {
    const isLifted = lifted.some(({ seq }) => bounce.seq < seq && seq < from.seq);
    // Who died between the two makes up for it at the next start.
    return (
      bounce.seq <= from.seq && (!isLifted || bounce.life !== from.life || bounce.steadyMs === from.steadyMs)
    );
  });
  const asks = own.flatMap((course) => course.asks);
  return (
    hasBounced || asks.some((ask) => ask.seq < from.seq && ask.answer === 'permanent' && !ask.isOfRecipient)
  );
}

const wasSentThoughSuppressed = (course: Course, spans: readonly Span[], stills: Standstills): boolean =>
  course.asks.some((ask) =>
    spans.some(({ from, to }) => {
      if (ask.seq < from.seq || (to !== undefined && to.seq < ask.seq)) return false;
      // Who is looked up in the same millisecond may have been looked up just before.
      const looked = lookedAt(course, ask);
      if (looked.steadyMs > from.steadyMs && !(looked === course.opened && stills.isOneBegunAt(from)))
        return true;
      return ask.steadyMs - from.steadyMs > graceMs && !stills.isOneBetween(from, ask);
    }),
  );

function wasSkippedThoughNotSuppressed(course: Course, spans: readonly Span[], stills: Standstills): boolean {
  const end = endOf(course);
  if (end?.delivery.reason !== 'suppressed') return false;
  const looked = lookedAt(course, end);
  const isSince = (to: Moment): boolean => to.steadyMs >= looked.steadyMs || stills.isOneBegunAt(to);
  return !spans.some(({ from, to }) => from.seq < end.seq && (to === undefined || isSince(to)));
}

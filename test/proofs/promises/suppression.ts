import { millisecondsInMinute, millisecondsInSecond } from 'date-fns/constants';
import type { Entries, History, Moment } from '../support/history.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import { hardCodes } from '../support/reports.ts';
import { type Course, endOf } from './courses.ts';
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
  const stills = shop.history.of('stood-still');
  const stoodStill = (from: Moment, to: Moment): boolean =>
    stills.some(({ seq }) => from.seq < seq && seq < to.seq);
  const broken: string[] = [];
  for (const [address, own] of groupBy(courses, (course) => course.address)) {
    const spans = spansOf(shop.history, address);
    const bounces = own.flatMap((course) => hardBouncesOf(course, shop.history.of('receipt')));
    for (const bounce of bounces)
      if (!spans.some((span) => beginsBy(span, bounce, stoodStill)))
        broken.push(`a hard bounce suppressed nobody: ${bounce.key}`);
    for (const { from } of spans)
      if (!hasReason(from, { bounces, own, lifted: shop.history.of('lifted') }))
        broken.push(
          `suppressed without a hard bounce: ${own[0]?.notification.customerId} ${own[0]?.channel}`,
        );
    for (const course of own) {
      if (wasSentThoughSuppressed(course, spans, stoodStill))
        broken.push(`sent though suppressed: ${course.key}`);
      if (wasSkippedThoughNotSuppressed(course, spans))
        broken.push(`skipped though not suppressed: ${course.key}`);
    }
  }
  return broken;
}

type During = (from: Moment, to: Moment) => boolean;

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

const beginsBy = ({ from, to }: Span, bounce: Moment, stoodStill: During): boolean =>
  (to === undefined || to.seq > bounce.seq) &&
  (from.steadyMs - bounce.steadyMs <= atOnceMs || stoodStill(bounce, from));

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

/** The last time before then that it was about to be looked at. */
const lookedAt = ({ opened, takenUp }: Course, before: Moment): Moment =>
  takenUp.findLast(({ seq }) => seq < before.seq) ?? opened;

const wasSentThoughSuppressed = (course: Course, spans: readonly Span[], stoodStill: During): boolean =>
  course.asks.some((ask) =>
    spans.some(({ from, to }) => {
      if (ask.seq < from.seq || (to !== undefined && to.seq < ask.seq)) return false;
      // Who is looked up in the same millisecond may have been looked up just before.
      const isLookedAtLater = lookedAt(course, ask).steadyMs > from.steadyMs;
      return isLookedAtLater || (ask.steadyMs - from.steadyMs > graceMs && !stoodStill(from, ask));
    }),
  );

function wasSkippedThoughNotSuppressed(course: Course, spans: readonly Span[]): boolean {
  const end = endOf(course);
  if (end?.delivery.reason !== 'suppressed') return false;
  const looked = lookedAt(course, end);
  return !spans.some(
    ({ from, to }) => from.seq < end.seq && (to === undefined || to.steadyMs >= looked.steadyMs),
  );
}

import { millisecondsInMinute } from 'date-fns/constants';
import type { Datastore, SlotCount } from '../../datastore/index.ts';

/** How far back, and how finely. */
interface Period {
  readonly slotMs: number;
  readonly slots: number;
}

export const periods = {
  hour: { slotMs: millisecondsInMinute, slots: 60 },
  day: { slotMs: 30 * millisecondsInMinute, slots: 48 },
  week: { slotMs: 180 * millisecondsInMinute, slots: 56 },
} as const satisfies Readonly<Record<string, Period>>;

export type PeriodName = keyof typeof periods;

/** What happened between `sinceMs` and the next slot, and how much was pending at its end; of the last one, now. */
export interface Slot {
  /** Milliseconds since the epoch; a whole multiple of the length of a slot. */
  readonly sinceMs: number;
  readonly requested: number;
  readonly sent: number;
  /** For the first time. */
  readonly failed: number;
  readonly deadLettered: number;
  readonly backlog: number;
}

/** The latest slots, oldest first: the last one is under way. */
export async function overTime(
  statistics: Datastore['statistics'],
  name: PeriodName,
  nowMs: number,
): Promise<Slot[]> {
  const { slotMs, slots } = periods[name];
  const fromMs = (Math.floor(nowMs / slotMs) - slots + 1) * slotMs;
  return slotsOf(await statistics.overTime({ fromMs, slotMs }), { fromMs, slotMs, slots });
}

/**
 * The backlog is reckoned backwards, from what is pending now: it was larger by what has ended since, and smaller by what was
 * requested since.
 */
function slotsOf(
  counts: readonly SlotCount[],
  { fromMs, slotMs, slots }: Period & { readonly fromMs: number },
): Slot[] {
  const counted = new Map(counts.map(({ what, slot, count }) => [`${what} ${slot}`, count]));
  const count = (what: SlotCount['what'], slot: number | null) => counted.get(`${what} ${slot}`) ?? 0;
  const growth = (slot: number) =>
    count('requested', slot) - count('sent', slot) - count('skipped', slot) - count('dead_lettered', slot);
  // Of a clock that was set back there may be slots that have not begun.
  const last = counts.reduce((latest, { slot }) => Math.max(latest, slot ?? 0), slots - 1);
  const found: Slot[] = [];
  for (let slot = last, backlog = count('pending', null); slot >= 0; backlog -= growth(slot--)) {
    if (slot >= slots) continue;
    found.push({
      sinceMs: fromMs + slot * slotMs,
      requested: count('requested', slot),
      sent: count('sent', slot),
      failed: count('failed', slot),
      deadLettered: count('dead_lettered', slot),
      backlog,
    });
  }
  return found.reverse();
}

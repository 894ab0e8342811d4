import { type DeliveryDifference, type DifferenceKind, endInWords } from './difference.ts';

/** Deliveries that differ in the same way. */
export interface DifferenceGroup {
  readonly notification: string;
  readonly channel: string;
  /** `sent`, `skipped: opted_out`; `later` and other words where both came to the same end. */
  readonly current: string;
  readonly candidate: string;
  readonly count: number;
}

export interface DifferenceSummary {
  /** Of deliveries. */
  readonly count: number;
  /** How many differ in what; one can differ in several. */
  readonly kinds: Readonly<Partial<Record<DifferenceKind, number>>>;
  /** The most frequent first. */
  readonly groups: readonly DifferenceGroup[];
}

/** Counts differences as they go by, and keeps none of them. */
export class DifferenceTally {
  readonly #kinds: Partial<Record<DifferenceKind, number>> = {};
  readonly #groups = new Map<string, DifferenceGroup>();
  #count = 0;

  add(difference: DeliveryDifference): void {
    this.#count++;
    for (const kind of difference.kinds) this.#kinds[kind] = (this.#kinds[kind] ?? 0) + 1;
    const { notification, channel } = difference;
    const [current, candidate] = sidesOf(difference);
    const key = JSON.stringify([notification, channel, current, candidate]);
    const count = (this.#groups.get(key)?.count ?? 0) + 1;
    this.#groups.set(key, { notification, channel, current, candidate, count });
  }

  summary(): DifferenceSummary {
    const groups = [...this.#groups.values()].sort((one, other) => other.count - one.count);
    return { count: this.#count, kinds: this.#kinds, groups };
  }
}

/** How it ended here and there; where that is the same, what else is not. */
export function sidesOf({ current, candidate, wording }: DeliveryDifference): readonly [string, string] {
  const [here, there] = [endInWords(current), endInWords(candidate)];
  if (here !== there) return [here, there];
  const [hereMs, thereMs] = [current?.settledAtMs ?? Infinity, candidate?.settledAtMs ?? Infinity];
  const time = hereMs === thereMs ? [] : [thereMs > hereMs ? 'later' : 'earlier'];
  const words = wording.length === 0 ? [] : ['in other words'];
  return [here, [there, ...time, ...words].join(', ')];
}

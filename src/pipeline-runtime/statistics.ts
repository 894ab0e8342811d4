import { type BreakerState, Ring } from '../kernel/index.ts';

/** What one stage has done since the pipeline was made. */
export interface StageStatistics {
  readonly stage: string;
  /** Redeliveries by the bus count again, and so does what was put off. */
  readonly received: number;
  /** Messages that it has in hand. */
  readonly inFlight: number;
  readonly emitted: number;
  /** Messages that the stage threw on, was too slow for, or was not given any more. */
  readonly failed: number;
  /** Of the failed. */
  readonly timedOut: number;
  /** Of the received: the bus had delivered the message before. */
  readonly retried: number;
  /** Of the received: they wait since the stage is left alone, or has had its share of the second. */
  readonly putOff: number;
  readonly deadLettered: number;
  /** After too many failures in a row: what comes for it now fails at once. */
  readonly isStopped: boolean;
  /** Whether it is left alone since it failed; `closed` where it has no circuit breaker. */
  readonly breaker: BreakerState;
  /**
   * How long it took for a message; null while it has handled none. The percentiles are of the latest 1,024.
   */
  readonly handlingMs: {
    readonly min: number;
    readonly mean: number;
    readonly max: number;
    readonly p50: number;
    readonly p99: number;
  } | null;
}

type Counter = 'emitted' | 'failed' | 'timedOut' | 'putOff' | 'deadLettered';

const latest = 1024;

/** Counts for one stage. */
export class StageCounters {
  isStopped = false;
  readonly #counts = {
    received: 0,
    inFlight: 0,
    emitted: 0,
    failed: 0,
    timedOut: 0,
    retried: 0,
    putOff: 0,
    deadLettered: 0,
  };
  readonly #handling = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: 0 };
  readonly #latestMs = new Ring<number>(latest);

  /** A message is in hand. */
  begin(attempt: number): void {
    this.#counts.received++;
    this.#counts.inFlight++;
    if (attempt > 1) this.#counts.retried++;
  }

  end(): void {
    this.#counts.inFlight--;
  }

  add(counter: Counter, count = 1): void {
    this.#counts[counter] += count;
  }

  tookMs(ms: number): void {
    const handling = this.#handling;
    handling.count++;
    handling.sum += ms;
    if (ms < handling.min) handling.min = ms;
    if (ms > handling.max) handling.max = ms;
    this.#latestMs.add(ms);
  }

  read(stage: string, breaker: BreakerState): StageStatistics {
    return { stage, isStopped: this.isStopped, breaker, handlingMs: this.#handlingMs(), ...this.#counts };
  }

  #handlingMs(): StageStatistics['handlingMs'] {
    const { count, sum, min, max } = this.#handling;
    if (count === 0) return null;
    const sorted = this.#latestMs.items().toSorted((one, other) => one - other);
    const at = (share: number): number => inMicros(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
    return {
      min: inMicros(min),
      mean: inMicros(sum / count),
      max: inMicros(max),
      p50: at(0.5),
      p99: at(0.99),
    };
  }
}

/** No stopwatch is truer than a thousandth of a millisecond. */
const inMicros = (ms: number): number => Math.round(ms * 1000) / 1000;

/** What one stage has done since the pipeline was made. */
export interface StageStatistics {
  readonly stage: string;
  /** Redeliveries by the bus count again. */
  readonly received: number;
  readonly emitted: number;
  /** Messages that the stage threw on, was too slow for, or was not given any more. */
  readonly failed: number;
  /** Of the failed. */
  readonly timedOut: number;
  /** Of the received: the bus had delivered the message before. */
  readonly retried: number;
  /** Of the failed. */
  readonly deadLettered: number;
  /** After too many failures in a row: what comes for it now fails at once. */
  readonly isStopped: boolean;
  /** How long it took for a message; null while it has handled none. */
  readonly handlingMs: { readonly min: number; readonly mean: number; readonly max: number } | null;
}

type Counter = 'received' | 'emitted' | 'failed' | 'timedOut' | 'retried' | 'deadLettered';

/** Counts for one stage. */
export class StageCounters {
  isStopped = false;
  readonly #counts = { received: 0, emitted: 0, failed: 0, timedOut: 0, retried: 0, deadLettered: 0 };
  readonly #handling = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: 0 };

  add(counter: Counter, count = 1): void {
    this.#counts[counter] += count;
  }

  tookMs(ms: number): void {
    const handling = this.#handling;
    handling.count++;
    handling.sum += ms;
    handling.min = Math.min(handling.min, ms);
    handling.max = Math.max(handling.max, ms);
  }

  read(stage: string): StageStatistics {
    const { count, sum, min, max } = this.#handling;
    const handlingMs =
      count === 0 ? null : { min: inMicros(min), mean: inMicros(sum / count), max: inMicros(max) };
    return { stage, isStopped: this.isStopped, handlingMs, ...this.#counts };
  }
}

/** No stopwatch is truer than a thousandth of a millisecond. */
const inMicros = (ms: number): number => Math.round(ms * 1000) / 1000;

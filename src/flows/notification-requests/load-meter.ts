import { createHistogram } from 'node:perf_hooks';

/** How a load got through. */
export interface LoadFigures {
  /** Requests that are through, a second, of the whole run. */
  readonly perSecond: number;
  /** What was asked for; undefined: as fast as they get through. */
  readonly askedPerSecond: number | undefined;
  /** From when a request was to be sent until all of its deliveries had ended, in milliseconds; null: there was none. */
  readonly latencyMs: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  } | null;
}

/** Measures what becomes of a load: memory does not grow with it, since times are kept in a histogram of microseconds. */
export class LoadMeter {
  readonly #microseconds = createHistogram({ figures: 3 });

  add(tookMs: number): void {
    this.#microseconds.record(Math.max(1, Math.round(tookMs * 1000)));
  }

  figures(wallMs: number, askedPerSecond: number | undefined): LoadFigures {
    const { count, max } = this.#microseconds;
    const at = (percentile: number): number => this.#microseconds.percentile(percentile) / 1000;
    const perSecond = (count * 1000) / Math.max(wallMs, 1);
    if (count === 0) return { perSecond, askedPerSecond, latencyMs: null };
    const latencyMs = { p50: at(50), p95: at(95), p99: at(99), max: max / 1000 };
    return { perSecond, askedPerSecond, latencyMs };
  }
}

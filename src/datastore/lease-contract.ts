import type { InFlightCounter } from '../kernel/index.ts';

/**
 * Which worker may have deliveries and messages of a datastore in hand: one at a time, until its lease runs out. A worker
 * that holds the lease gives its token with every write that takes something in hand, or says what became of it; once
 * another has the lease, such a write is refused, whatever the worker itself believes.
 *
 * Times are milliseconds of whatever clock the workers of a datastore share.
 */
export interface LeaseStore {
  /**
   * Takes the lease where nobody has it, or where it has run out by `nowMs`.
   * @returns its token, which is greater than any before; undefined while another worker has it.
   */
  acquire(time: { readonly nowMs: number; readonly untilMs: number }): Promise<number | undefined>;
  /** Until when it holds from now on. False: another has taken it, or it was given back. */
  renew(token: number, untilMs: number): Promise<boolean>;
  /** Gives it back, if it is still held under this token: another may take it at once. */
  release(token: number): Promise<void>;
  /** When the lease runs out that somebody holds; undefined when nobody does. */
  untilMs(): Promise<number | undefined>;
  /** Tells every worker that there may be something to do, or that the lease may be had. */
  tell(): Promise<void>;
  /** Is told, until the function is called that this comes to. */
  listen(told: () => void): Promise<() => void>;
}

/** Whoever works under the lease: a bus that consumes, a service that delivers. */
export interface LeaseUser {
  /** Counts what goes on because of it. */
  readonly inFlight: InFlightCounter;
  /** It is held from now on, under this token. Whatever is in hand in the datastore is another's that is gone. */
  held(token: number): void | Promise<void>;
  /** Another worker has it, and all that was in hand here. */
  lost(): void;
  /** While it is held: another worker has left something to do. */
  told(): void;
}

import type { WorkLease } from '../../datastore/index.ts';
import { InFlightCounter } from '../../kernel/index.ts';

/** What is in flight under a lease, which is renewed as long as anything is. The whole of one other counter only. */
export class InFlightUnderLease extends InFlightCounter {
  readonly #lease: WorkLease;

  constructor(lease: WorkLease, whole: InFlightCounter) {
    super(whole);
    this.#lease = lease;
  }

  override enter(times = 1): void {
    this.#lease.hold();
    super.enter(times);
  }

  override leave(times = 1): void {
    super.leave(times);
    this.#lease.drop();
  }
}

/** Runs it at once where the lease is held for certain; otherwise when it is known who holds it. */
export function onceCertain(lease: WorkLease, run: () => void, onTrouble: (thrown: unknown) => void): void {
  const token = lease.ensure();
  if (token instanceof Promise) void token.then(run).catch(onTrouble);
  else run();
}

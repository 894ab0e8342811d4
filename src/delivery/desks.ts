import type { WorkLease } from '../datastore/index.ts';
import { type InFlightCounter, type Logger, messageOf, onceMore } from '../kernel/index.ts';
import type { Desk } from './desk.ts';

export interface DesksOptions {
  lease: WorkLease;
  /** One under this token; without, one that stands by. */
  deskFor(token?: number): Desk;
  inFlight: InFlightCounter;
  logger: Logger;
}

/** The desk of a service: a new one whenever the lease comes or goes. */
export class Desks {
  readonly #options: DesksOptions;
  readonly #leaveLease: () => void;
  #now: Desk;
  #hasStopped = false;

  constructor(options: DesksOptions) {
    const { lease, deskFor, inFlight } = options;
    this.#options = options;
    this.#now = deskFor();
    const look = onceMore(() => this.#lookForDue());
    this.#leaveLease = lease.use({
      inFlight,
      held: (token) => this.#begin(token),
      lost: () => this.#standBy(),
      told: () => void inFlight.during(look()),
    });
  }

  get now(): Desk {
    return this.#now;
  }

  /** Resolves when what was left is on record as taken up, or another worker has the lease. */
  async start(): Promise<void> {
    const { lease } = this.#options;
    const before = this.#now;
    await lease.join();
    const { token } = lease;
    if (token === undefined || this.#now !== before) return;
    if (before.tenure.token === token) await before.lookForDue();
    else await this.#begin(token);
  }

  /** Once more, standing by, when the lease turns out to be lost: nothing has been begun then. */
  async at<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
    const token = this.#options.lease.ensure();
    if (token instanceof Promise) await token;
    const desk = this.#now;
    try {
      return await work(desk);
    } catch (thrown) {
      if (!desk.tenure.endsWith(thrown)) throw thrown;
      return work(this.#now);
    }
  }

  /** Takes nothing more; what is in hand is finished, or left when its time is over. */
  stop(): void {
    this.#hasStopped = true;
    this.#now.stop();
  }

  leave(): void {
    this.#leaveLease();
  }

  async #begin(token: number): Promise<void> {
    if (this.#hasStopped) return;
    const { deskFor, inFlight } = this.#options;
    await inFlight.during(this.#open(deskFor(token), token));
  }

  /** Until it has taken over, nobody is given the desk: what it had in hand itself would be taken for another's. */
  async #open(desk: Desk, token: number): Promise<void> {
    await desk.takeOver();
    if (this.#hasStopped || this.#options.lease.token !== token) return;
    this.#now = desk;
    await desk.takeUp();
  }

  #standBy(): void {
    this.#now.leaveAll();
    this.#now = this.#options.deskFor();
    if (this.#hasStopped) this.#now.stop();
  }

  async #lookForDue(): Promise<void> {
    // Where the lease has just come, its desk looks once it is opened.
    if (this.#now.tenure.standsBy) return;
    try {
      await this.#now.lookForDue();
    } catch (thrown) {
      const fields = { reason: messageOf(thrown) };
      this.#options.logger.error(fields, 'what others have entered could not be looked for');
    }
  }
}

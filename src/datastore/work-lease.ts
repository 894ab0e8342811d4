/*
 * The states of a worker. It has deliveries and messages in hand while it holds the lease; without it, what it enters and
 * publishes is left for whoever holds it.
 *
 *              join: nobody has it          renewed in time
 *  ┌─────────┐ ──────────────────▶ ┌──────┐ ──┐
 *  │ outside │                     │ held │ ◀─┘
 *  └─────────┘ ──┐                 └──────┘
 *                │ join: another     │  ▲ given back, or run out
 *                │ has it            │  │
 *                ▼                   │  │
 *           ┌──────────┐             │  │
 *           │ standing │ ◀───────────┘  │
 *           │    by    │ ───────────────┘
 *           └──────────┘   lost: a write was refused
 */
import { Alarm, type Clock, type Logger, messageOf, silentLogger } from '../kernel/index.ts';
import type { Datastore } from './datastore.ts';
import { LeaseLostError } from './errors.ts';
import { joined } from './joined.ts';
import type { LeaseUser } from './lease-contract.ts';
import { passingClock } from './passing-clock.ts';
import type { WorkLeaseOptions } from './work-lease-options.ts';

/**
 * The right of one worker to have deliveries and messages of a datastore in hand, shared by its bus and its delivery. It
 * is renewed as long as anything is in hand, and taken over from a worker whose lease has run out. Nothing waits on the
 * clock for the sake of a lease under which nothing is in hand: it runs out, and is renewed, or taken, when it is needed.
 */
export class WorkLease {
  readonly #leases: Datastore['leases'];
  readonly #options: WorkLeaseOptions;
  readonly #logger: Logger;
  readonly #leaseMs: number;
  /** Of the time that has passed: no two workers of a process differ in it, whatever the wall says. */
  readonly #clock: Clock;
  readonly #users = new Set<LeaseUser>();
  readonly #renewal: Alarm;
  readonly #watch: Alarm;
  readonly #acquire = joined(() => this.#acquireOnce());
  readonly #renew = joined((token: number) => this.#renewOnce(token));
  #token: number | undefined;
  #untilMs = Number.NEGATIVE_INFINITY;
  #inHand = 0;
  #joining: Promise<void> | undefined;
  #leave: (() => void)[] = [];
  #hasEnded = false;

  constructor(options: WorkLeaseOptions) {
    this.#options = options;
    this.#leases = options.datastore.leases;
    this.#logger = options.logger ?? silentLogger;
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#clock = passingClock(options.clock);
    this.#renewal = new Alarm(this.#clock, () => void this.#during(this.#renewWhatIsInHand()));
    this.#watch = new Alarm(this.#clock, () => void this.#during(this.#tryAgain()));
  }

  /** Under which writes are let through; undefined while another worker has the lease. */
  get token(): number | undefined {
    return this.#token;
  }

  /** @returns what takes it off again. One that comes while the lease is held is not told of that. */
  use(user: LeaseUser): () => void {
    this.#users.add(user);
    return () => void this.#users.delete(user);
  }

  /**
   * Becomes a worker of the datastore, and takes the lease if it is to be had; otherwise it is taken as soon as it is.
   * Resolves when whoever uses it has begun. Asked again, it is the same.
   * @throws {AlreadyConsumedError} another process works there.
   */
  async join(): Promise<void> {
    this.#joining ??= this.#join();
    try {
      await this.#joining;
    } catch (thrown) {
      this.#joining = undefined;
      throw thrown;
    }
  }

  /**
   * The token under which something may be taken in hand now; undefined when that is another worker's to do.
   * @throws {AlreadyConsumedError | DatastoreUnavailableError}
   */
  ensure(): number | undefined | Promise<number | undefined> {
    return this.#token !== undefined && this.#clock.now() < this.#renewAtMs
      ? this.#token
      : this.#during(this.#ensure());
  }

  /** Whether what is in hand under this token may still be acted upon, as far as is known here. */
  isCurrent(token: number): boolean {
    return this.#token === token && this.#clock.now() < this.#untilMs;
  }

  /** So much more is in hand. */
  hold(): void {
    if (this.#inHand++ === 0 && this.#token !== undefined) this.#renewal.setFor(this.#renewAtMs);
  }

  /** So much is in hand no more. */
  drop(): void {
    if (--this.#inHand === 0) this.#renewal.off();
  }

  /** A write under this token was refused. */
  lose(token: number): void {
    if (this.#token !== token) return;
    this.#logger.warn({ token }, 'the lease is lost: another worker has what was in hand');
    this.#token = undefined;
    this.#renewal.off();
    for (const user of this.#users) user.lost();
    void this.#during(this.#tryAgain());
  }

  /** Something was left for whoever holds the lease. */
  tellHolder(): void {
    void this.#during(this.#leases.tell().catch((thrown) => this.#note(thrown)));
  }

  /** Gives it back, with whatever is in hand, to any other worker. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#renewal.off();
    this.#watch.off();
    await this.#joining?.catch(() => {});
    await this.#acquire().catch(() => {});
    const token = this.#token;
    this.#token = undefined;
    try {
      if (token !== undefined) await this.#leases.release(token);
    } catch (thrown) {
      this.#note(thrown);
    }
    for (const leave of this.#leave.splice(0)) leave();
  }

  get #renewAtMs(): number {
    return this.#untilMs - (2 / 3) * this.#leaseMs;
  }

  async #join(): Promise<void> {
    if (this.#leave.length === 0) {
      const giveBack = await this.#options.datastore.claimConsumption();
      this.#leave.push(await this.#leases.listen(() => this.#told()), giveBack);
    }
    await this.#acquire();
  }

  #told(): void {
    if (this.#hasEnded) return;
    if (this.#token === undefined) void this.#during(this.#tryAgain());
    else for (const user of this.#users) user.told();
  }

  async #ensure(): Promise<number | undefined> {
    if (this.#hasEnded) return undefined;
    await this.join();
    const token = this.#token;
    if (token === undefined || this.#clock.now() < this.#renewAtMs || (await this.#renew(token)))
      return token;
    // It had run out, and another has taken it, who may be done already.
    await this.#acquire();
    return this.#token;
  }

  #renewWhatIsInHand(): Promise<void> {
    return this.#orLater(this.#renewal, async () => {
      if (this.#token !== undefined) await this.#renew(this.#token);
    });
  }

  #tryAgain(): Promise<void> {
    return this.#orLater(this.#watch, () => this.#acquire());
  }

  /** What fails is tried again when the alarm rings. */
  #orLater(alarm: Alarm, work: () => Promise<void>): Promise<void> {
    return work().catch((thrown) => {
      this.#note(thrown);
      alarm.setFor(this.#clock.now() + this.#leaseMs / 6);
    });
  }

  /** Whether it is held until later now. */
  async #renewOnce(token: number): Promise<boolean> {
    const untilMs = this.#clock.now() + this.#leaseMs;
    if (await this.#leases.renew(token, untilMs)) {
      // Of several at once, an earlier one may be answered later.
      this.#untilMs = Math.max(this.#untilMs, untilMs);
      this.#renewal.off();
      if (this.#inHand > 0) this.#renewal.setFor(this.#renewAtMs);
      return true;
    }
    this.lose(token);
    return false;
  }

  async #acquireOnce(): Promise<void> {
    while (!this.#hasEnded && this.#token === undefined) {
      const nowMs = this.#clock.now();
      const untilMs = nowMs + this.#leaseMs;
      const token = await this.#leases.acquire({ nowMs, untilMs });
      if (token === undefined) {
        const othersUntilMs = await this.#leases.untilMs();
        return this.#hasEnded ? undefined : this.#watch.setFor(othersUntilMs ?? nowMs);
      }
      this.#watch.off();
      this.#untilMs = untilMs;
      await this.#begin(token);
    }
  }

  async #begin(token: number): Promise<void> {
    this.#token = token;
    if (this.#inHand > 0) this.#renewal.setFor(this.#renewAtMs);
    try {
      // Who came last first: a bus that handled before delivery has begun would have what it asks for left in the ledger.
      for (const user of [...this.#users].reverse()) await user.held(token);
    } catch (thrown) {
      // It stood still for so long that the lease is another's again: whoever asked for it has done nothing wrong.
      if (thrown instanceof LeaseLostError) return this.lose(thrown.token);
      // Who could not begin leaves it to others, and tries again like them; those who had begun have nothing in hand.
      this.#token = undefined;
      for (const user of this.#users) user.lost();
      await this.#leases.release(token).catch((another) => this.#note(another));
      throw thrown;
    }
  }

  #note(thrown: unknown): void {
    this.#logger.error({ reason: messageOf(thrown) }, 'the lease could not be read or written');
  }

  /** Whoever waits for a user waits for it. */
  #during<T>(work: Promise<T>): Promise<T> {
    const users = [...this.#users];
    for (const { inFlight } of users) inFlight.enter();
    return work.finally(() => {
      for (const { inFlight } of users) inFlight.leave();
    });
  }
}

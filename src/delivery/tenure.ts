import { LeaseLostError, type WorkLease } from '../datastore/index.ts';

/** One holding of the lease, or none: whose the deliveries are that are entered, and those in hand. */
export class Tenure {
  readonly #lease: WorkLease;
  /** Undefined: another worker holds the lease. */
  readonly token: number | undefined;
  /** How much is in hand. */
  #inHand = 0;
  #isOver = false;

  constructor(lease: WorkLease, token?: number) {
    this.#lease = lease;
    this.token = token;
  }

  /** Whether what is entered has to be left for another worker. */
  get standsBy(): boolean {
    return this.token === undefined;
  }

  /** Whether what is in hand may be sent, as far as can be known without asking. */
  get isCurrent(): boolean {
    return this.token !== undefined && this.#lease.isCurrent(this.token);
  }

  /** Whether more may be taken in hand: asks where it is not certain. */
  async lasts(): Promise<boolean> {
    return this.token !== undefined && (await this.#lease.ensure()) === this.token;
  }

  hold(): void {
    if (this.#isOver) return;
    this.#inHand++;
    this.#lease.hold();
  }

  drop(): void {
    if (this.#isOver) return;
    this.#inHand--;
    this.#lease.drop();
  }

  /** Whatever is in hand is another worker's, or the next one's, and no reason to keep the lease. */
  end(): void {
    while (this.#inHand > 0) this.drop();
    this.#isOver = true;
  }

  /** Whether it ended with this, which a write has thrown. */
  endsWith(thrown: unknown): boolean {
    if (!(thrown instanceof LeaseLostError)) return false;
    this.#lease.lose(thrown.token);
    return true;
  }

  /** Something was left that is for whoever holds the lease to do. */
  tellHolder(): void {
    this.#lease.tellHolder();
  }
}

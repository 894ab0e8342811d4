export interface AvailabilityOptions {
  /** @throws {DatastoreUnavailableError} the datastore of the bus is away. */
  check(): Promise<unknown>;
  /** Whoever is told of it calls `resume` when the datastore may be available again. */
  onOutage(thrown: unknown): void;
  /** Whether nobody waits any more. */
  isOver(): boolean;
}

/** Where handlers wait that did not find the datastore, until the bus finds it. */
export class Availability {
  readonly #options: AvailabilityOptions;
  #waiting: ((goesOn: boolean) => void)[] = [];

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  /** Resolves when the datastore is there: at once, unless it is away. False: it is not waited for any more. */
  async untilThere(): Promise<boolean> {
    for (;;) {
      try {
        await this.#options.check();
        return true;
      } catch (thrown) {
        if (this.#options.isOver()) return false;
        const resumed = new Promise<boolean>((resolve) => this.#waiting.push(resolve));
        this.#options.onOutage(thrown);
        if (!(await resumed)) return false;
      }
    }
  }

  /** The datastore may be available again. */
  resume(): void {
    for (const go of this.#waiting.splice(0)) go(true);
  }

  /** Nobody waits for it any more. */
  giveUp(): void {
    for (const go of this.#waiting.splice(0)) go(false);
  }
}

import type { InFlightCounter } from '../../kernel/index.ts';

export interface PausedKeysOptions {
  /**
   * Takes what stands in the log of this subject from a position on, and in the same breath pauses it anew
   * behind that, or lets it leave when there is no more.
   * @returns whether it is enough for now: something was taken, or nothing ever will be.
   */
  read(subject: string, from: number): Promise<boolean>;
  onOutage(thrown: unknown): void;
  /** Counts each subject that is being read. */
  inFlight: InFlightCounter;
}

/**
 * Subjects of which so much waits that the rest was left in the log, to be read again when their turn comes:
 * of each no more is kept than a position.
 */
export class PausedKeys {
  readonly #options: PausedKeysOptions;
  readonly #from = new Map<string, number>();
  readonly #reading = new Set<string>();

  constructor(options: PausedKeysOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#from.size === 0;
  }

  /** The first position that was left; Infinity when there is none. */
  get lowest(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const from of this.#from.values()) lowest = Math.min(lowest, from);
    return lowest;
  }

  has(subject: string): boolean {
    return this.#from.has(subject);
  }

  pause(subject: string, from: number): void {
    this.#from.set(subject, from);
  }

  leave(subject: string): void {
    this.#from.delete(subject);
  }

  clear(): void {
    this.#from.clear();
  }

  subjects(): readonly string[] {
    return [...this.#from.keys()];
  }

  /** The subject's turn has come, if it is paused. */
  resume(subject: string): void {
    if (!this.#from.has(subject) || this.#reading.has(subject)) return;
    this.#reading.add(subject);
    this.#options.inFlight.enter();
    void this.#read(subject)
      .catch((thrown) => this.#options.onOutage(thrown))
      .finally(() => {
        this.#reading.delete(subject);
        this.#options.inFlight.leave();
      });
  }

  async #read(subject: string): Promise<void> {
    let isEnough = false;
    while (!isEnough) {
      const from = this.#from.get(subject);
      isEnough = from === undefined || (await this.#options.read(subject, from));
    }
  }
}

/** Thrown by everything that a process asks of the world once it is dead. */
export class ProcessDiedError extends Error {
  override readonly name = 'ProcessDiedError';
}

/**
 * Lets a process live for so many steps. Each operation on the world is two: one before it takes effect,
 * and one after, when the effect stays but nobody learns of it.
 */
export class Fate {
  readonly #diesAtStep: number;
  #step = 0;
  #isDead = false;
  readonly #died: Promise<void>;
  #tell: () => void = () => {};

  /** @param diesAtStep counted from 1; left out, the process lives, and its steps are counted. */
  constructor(diesAtStep = Number.POSITIVE_INFINITY) {
    this.#diesAtStep = diesAtStep;
    this.#died = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  /** How many steps were taken. */
  get steps(): number {
    return this.#step;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Resolves when the process dies. */
  get died(): Promise<void> {
    return this.#died;
  }

  /** One operation, if the process lives to see it. */
  async operation<T>(work: () => Promise<T>): Promise<T> {
    this.#takeStep();
    const result = await work();
    this.#takeStep();
    return result;
  }

  #takeStep(): void {
    if (!this.#isDead && ++this.#step >= this.#diesAtStep) {
      this.#isDead = true;
      this.#tell();
    }
    if (this.#isDead) throw new ProcessDiedError('the process has died');
  }
}

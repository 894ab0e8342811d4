/** Thrown by everything that a process asks of the world once it is dead. */
export class ProcessDiedError extends Error {
  override readonly name = 'ProcessDiedError';

  constructor() {
    super('the process has died');
  }
}

/**
 * Lets a process live for so many steps. Each operation on the world is two: one before it takes effect,
 * and one after, when the effect stays but nobody learns of it.
 */
export class CrashPoint {
  /** Resolves when the process is dead, and nothing that it had begun is under way any more. */
  readonly died: Promise<void>;
  #diesAtStep: number;
  #step = 0;
  #isDead = false;
  #underWay = 0;
  #tell: () => void = () => {};
  #ends: (() => void)[] = [];

  /** @param diesAtStep counted from 1; left out, the process lives, and its steps are counted. */
  constructor(diesAtStep = Number.POSITIVE_INFINITY) {
    this.#diesAtStep = diesAtStep;
    this.died = new Promise((resolve) => {
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

  /** Lets it live for so many steps from now on, and die at the one after; 0: at the next. */
  dieAfter(steps: number): void {
    this.#diesAtStep = this.#step + steps + 1;
  }

  /** Ends it now, whatever it is doing. */
  die(): void {
    if (!this.#isDead) this.#end();
    if (this.#underWay === 0) this.#tell();
  }

  /** What the operating system does when the process dies; at once, when it is dead. */
  atDeath(act: () => void): void {
    if (this.#isDead) act();
    else this.#ends.push(act);
  }

  /**
   * One operation, if the process lives to see it.
   * @throws {ProcessDiedError} it does not; whether the operation took effect, the world knows.
   */
  async operation<T>(work: () => Promise<T>): Promise<T> {
    this.#takeStep();
    this.#underWay++;
    try {
      return await work();
    } finally {
      this.#underWay--;
      this.#takeStep();
    }
  }

  #takeStep(): void {
    if (!this.#isDead && ++this.#step >= this.#diesAtStep) this.#end();
    if (!this.#isDead) return;
    if (this.#underWay === 0) this.#tell();
    throw new ProcessDiedError();
  }

  #end(): void {
    this.#isDead = true;
    for (const act of this.#ends.splice(0)) act();
  }
}

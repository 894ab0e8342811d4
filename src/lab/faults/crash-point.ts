/** Thrown by everything that a process asks of the world once it is dead. */
export class ProcessDiedError extends Error {
  override readonly name = 'ProcessDiedError';

  constructor() {
    super('the process has died');
  }
}

/**
 * What of an operation outlives the process. `something`: its effect, once it has begun. `nothing`: it has none, or one that
 * is told by itself. `unknown`: any part of it, at any moment until it has ended.
 */
export type Leaves = 'something' | 'nothing' | 'unknown';

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
  readonly #nowMs: () => number;
  /** Operations under way of which nobody knows what they have left by now. */
  #unknown = 0;
  #effects = 0;
  #left = '';
  readonly #tellingSteps: number[] = [];

  /**
   * @param diesAtStep counted from 1; left out, the process lives, and its steps are counted.
   * @param nowMs by the clock that the next process will find where this one has left it. Default: it stands still.
   */
  constructor(diesAtStep = Number.POSITIVE_INFINITY, nowMs = () => 0) {
    this.#diesAtStep = diesAtStep;
    this.#nowMs = nowMs;
    this.died = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  /** How many steps were taken. */
  get steps(): number {
    return this.#step;
  }

  /**
   * The steps at which a death leaves the world otherwise than at the step before: who lets a process die at these has seen
   * all that a death can leave.
   */
  get tellingSteps(): readonly number[] {
    return this.#tellingSteps;
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
  async operation<T>(work: () => Promise<T>, leaves: Leaves = 'unknown'): Promise<T> {
    this.#takeStep();
    this.#underWay++;
    if (leaves !== 'nothing') this.takesEffect();
    if (leaves === 'unknown') this.#unknown++;
    try {
      return await work();
    } finally {
      this.#underWay--;
      if (leaves === 'unknown') this.#unknown--;
      this.#takeStep();
    }
  }

  /** From now on a death leaves something else than before. */
  takesEffect(): void {
    this.#effects++;
  }

  #takeStep(): void {
    if (!this.#isDead) this.#countStep();
    if (!this.#isDead) return;
    if (this.#underWay === 0) this.#tell();
    throw new ProcessDiedError();
  }

  #countStep(): void {
    this.#step++;
    // As it is before the effect of what begins, and behind that of what has ended.
    const left = `${this.#effects} ${this.#nowMs()}`;
    if (left !== this.#left || this.#unknown > 0) this.#tellingSteps.push(this.#step);
    this.#left = left;
    if (this.#step >= this.#diesAtStep) this.#end();
  }

  #end(): void {
    this.#isDead = true;
    for (const act of this.#ends.splice(0)) act();
  }
}

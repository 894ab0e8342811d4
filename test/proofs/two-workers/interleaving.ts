import type { Random } from '../../../src/kernel/index.ts';

/** What a process has asked of the world, or is to hear from it. */
interface Step {
  readonly name: string;
  take(): void;
}

/** One that is taken, and by whom. */
export interface Taken {
  readonly life: number;
  readonly name: string;
}

/** Between two steps of a process: when so many more were taken, or when one of this name is waited for so many times. */
export interface Between {
  readonly steps: number;
  readonly before: string | undefined;
}

/** So many steps are more than anything here takes. */
const mostSteps = 200_000;

/**
 * Lets several processes go on, one step of one of them at a time, and chance says which: every question to the datastore or
 * a provider is a step, every answer that is heard, and every timer that rings. Between two steps all that a process
 * does by itself is done, so that it can be stopped, or killed, there.
 */
export class Interleaving {
  readonly #random: Random;
  readonly #turns = new Set<Turns>();
  /** Told of each step before it is taken. */
  readonly #onStep: (taken: Taken) => void;
  #steps = 0;

  constructor(random: Random, onStep: (taken: Taken) => void) {
    this.#random = random;
    this.#onStep = onStep;
  }

  /** One more process. */
  enter(life: number): Turns {
    const turns = new Turns(life);
    this.#turns.add(turns);
    return turns;
  }

  leave(turns: Turns): void {
    turns.end();
    this.#turns.delete(turns);
  }

  /**
   * Until nobody who goes on has anything to do but to wait for time, or for so many steps.
   * @throws nothing ends that.
   */
  async goOn(most = Number.POSITIVE_INFINITY): Promise<void> {
    for (let taken = 0; ; taken++) {
      await rest();
      for (const turns of this.#turns) turns.actIfDue();
      const able = [...this.#turns].filter(({ isAble }) => isAble);
      const turns = able[this.#draw(able.length)];
      if (turns === undefined || taken >= most) return;
      if (++this.#steps > mostSteps) throw new Error('there is no end of steps');
      const step = turns.draw((count) => this.#draw(count));
      this.#onStep({ life: turns.life, name: step.name });
      turns.countDown();
      step.take();
    }
  }

  #draw(count: number): number {
    return Math.floor(this.#random.next() * count);
  }
}

/** The steps of one process that have not been taken yet. */
export class Turns {
  readonly life: number;
  readonly #steps: Step[] = [];
  #hasEnded = false;
  #isStill = false;
  #awaited: { left: number; readonly before: string | undefined; readonly act: () => void }[] = [];

  constructor(life: number) {
    this.life = life;
  }

  get isAble(): boolean {
    return !this.#isStill && this.#steps.length > 0;
  }

  get isStill(): boolean {
    return this.#isStill;
  }

  /** It hears and does nothing until it goes on, as after SIGSTOP. */
  stand(): void {
    this.#isStill = true;
  }

  goOn(): void {
    this.#isStill = false;
  }

  /**
   * At the next moment between two steps at which so many more of its steps have been taken, or, where one is named, at which
   * it has come for the so-manieth time to wait for the turn of that one.
   */
  when({ steps, before }: Between, act: () => void): void {
    this.#awaited.push({ left: steps, before, act });
  }

  /** Nothing of that is to be any more. */
  forget(): void {
    this.#awaited.length = 0;
  }

  countDown(): void {
    for (const each of this.#awaited) if (each.before === undefined) each.left--;
  }

  /** All that the last step has led to is done. */
  actIfDue(): void {
    const due = this.#awaited.filter(({ left }) => left <= 0);
    if (due.length === 0) return;
    this.#awaited = this.#awaited.filter(({ left }) => left > 0);
    for (const { act } of due) act();
  }

  draw(lot: (count: number) => number): Step {
    return this.#steps.splice(lot(this.#steps.length), 1)[0] as Step;
  }

  /** When it is its turn; never, when it has ended. */
  turn(name: string): Promise<void> {
    return new Promise((resolve) => this.ring(name, resolve));
  }

  ring(name: string, take: () => void): void {
    if (this.#hasEnded) return;
    this.#steps.push({ name, take });
    for (const each of this.#awaited) if (each.before === name) each.left--;
  }

  /** Whatever is asked or heard, in its turn. */
  async passing<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.turn(name);
    try {
      return await work();
    } finally {
      await this.turn(`${name}, answered`);
    }
  }

  /** Nothing of it goes on any more. */
  end(): void {
    this.#hasEnded = true;
    this.#steps.length = 0;
  }
}

/** Until all that has begun waits for its turn, or for time. */
export async function rest(): Promise<void> {
  do await new Promise(setImmediate);
  while (process.getActiveResourcesInfo().includes('Immediate'));
}

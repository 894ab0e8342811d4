import { pause, type Worker } from '../deployment.ts';

/** A process that is started again whenever it was killed, as whatever runs a deployment does. */
export class KeptRunning {
  readonly #start: () => Promise<Worker>;
  readonly #onDeath: (code: number | null) => void;
  readonly #killed = new WeakSet<Worker>();
  #now: Promise<Worker>;
  #up: Worker | undefined;
  #isOver = false;

  /** @param onDeath Told of one that nobody has killed: it is not started again. */
  constructor(start: () => Promise<Worker>, onDeath: (code: number | null) => void) {
    this.#start = start;
    this.#onDeath = onDeath;
    this.#now = start().then((worker) => this.#hasBegun(worker));
    this.#now.catch(() => {});
  }

  /** It, once it is up. Rejects when it cannot be started to begin with. */
  get now(): Promise<Worker> {
    return this.#now;
  }

  /** It, if it is up. */
  get up(): Worker | undefined {
    return this.#up;
  }

  /** Resolves when it is dead; the next one is being started. @returns when it was killed. */
  async kill(): Promise<number> {
    const worker = await this.#now;
    const atMs = performance.now();
    this.#killed.add(worker);
    this.#up = undefined;
    this.#now = worker.ended.then(() => this.#beginAgain());
    this.#now.catch(() => {});
    worker.signal('SIGKILL');
    await worker.ended;
    return atMs;
  }

  /** Whatever ends from now on is not started again. */
  end(): void {
    this.#isOver = true;
  }

  async #beginAgain(): Promise<Worker> {
    while (!this.#isOver) {
      // Without its database it ends at once.
      const worker = await this.#start().catch(() => pause(100));
      if (worker !== undefined) return this.#hasBegun(worker);
    }
    throw new Error('it is over');
  }

  #hasBegun(worker: Worker): Worker {
    this.#up = worker;
    void worker.ended.then((code) => {
      if (!this.#isOver && !this.#killed.has(worker)) this.#onDeath(code);
    });
    return worker;
  }
}

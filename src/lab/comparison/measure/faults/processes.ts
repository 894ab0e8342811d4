import type { Clock } from '../../../../kernel/index.ts';
import type { World } from '../../../../shop/index.ts';
import { CrashPoint } from '../../../faults/index.ts';

/** Makes a world for a process. @param number of the process, from 1 */
export type CreateWorld = (process: { startMs: number; crashPoint: CrashPoint; number: number }) => World;

/** One process after the other: what one dies of, the next one does again. Their clock goes on. */
export class Processes {
  /** The one on the wall. */
  readonly clock: Clock = {
    now: () => this.#world?.clock.now() ?? this.#startMs,
    schedule: (atMs, run) => this.#running.clock.schedule(atMs, run),
  };
  readonly #create: CreateWorld;
  readonly #startMs: number;
  #world: World | undefined;
  #crashPoint = new CrashPoint();
  #number = 0;

  constructor(startMs: number, create: CreateWorld) {
    this.#startMs = startMs;
    this.#create = create;
  }

  /** A process that dies when its crashPoint says so, or as many as it takes until one is up. */
  async start(crashPoint = new CrashPoint()): Promise<void> {
    for (let next = crashPoint; ; next = new CrashPoint()) {
      this.#crashPoint = next;
      this.#world = this.#create({ startMs: this.clock.now(), crashPoint: next, number: ++this.#number });
      if (await this.#survives((world) => world.architecture.start())) return;
    }
  }

  /** Does something, again in the next process if this one dies of it. */
  async live(work: (world: World) => Promise<unknown>): Promise<void> {
    while (!(await this.#survives(work))) await this.start();
  }

  async #survives(work: (world: World) => Promise<unknown>): Promise<boolean> {
    const crashPoint = this.#crashPoint;
    const working = work(this.#running);
    try {
      await Promise.race([working, crashPoint.died]);
    } catch (thrown) {
      if (!crashPoint.isDead) throw thrown;
    }
    if (!crashPoint.isDead) return true;
    working.catch(() => {});
    await crashPoint.died;
    return false;
  }

  get #running(): World {
    if (this.#world === undefined) throw new Error('no process is running');
    return this.#world;
  }
}

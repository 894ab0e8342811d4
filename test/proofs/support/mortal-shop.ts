import { Fate } from '../../../src/demo/faults/fate.ts';
import { type ArchitectureName, type BusName, createWorld, type World } from '../../../src/demo/world.ts';
import type { Datastore } from '../../../src/datastore/index.ts';
import type { DeliverySettings } from '../../../src/delivery/index.ts';
import { type Clock, seededRandom } from '../../../src/kernel/index.ts';
import { Provider } from './provider.ts';

export interface MortalShopOptions {
  architecture: ArchitectureName;
  bus: BusName;
  /** What survives every process. */
  datastore: Datastore;
  startMs: number;
  /** Of all randomness. Default 1. */
  seed?: number;
  delivery?: DeliverySettings;
}

/** What a provider has, though the ledger of ours did not say so when a process died. */
export interface Death {
  readonly atMs: number;
  readonly unrecorded: readonly string[];
}

/**
 * The shop, run by one process after the other. The datastore and the providers outlive them, and so does the
 * clock on the wall; everything else is gone when a process dies.
 */
export class MortalShop {
  readonly providers: readonly Provider[];
  readonly deaths: Death[] = [];
  readonly #options: MortalShopOptions;
  #world: World | undefined;
  #fate = new Fate();
  #nowMs: number;
  /** Where the journals of the providers stood when the process began. */
  #begunAt: readonly number[] = [];

  constructor(options: MortalShopOptions) {
    this.#options = options;
    this.#nowMs = options.startMs;
    const { seed = 1 } = options;
    const clock: Clock = {
      now: () => this.nowMs,
      schedule: () => {
        throw new Error('a provider waits on the clock of whoever asks it');
      },
    };
    const random = seededRandom(seed + 2_000_003);
    this.providers = ['email', 'sms'].map((name) => new Provider({ name, clock, random }));
  }

  get nowMs(): number {
    return this.#world?.clock.now() ?? this.#nowMs;
  }

  get fate(): Fate {
    return this.#fate;
  }

  /** Starts a process; false: it has died of it. */
  async start(fate = new Fate()): Promise<boolean> {
    const { seed = 1 } = this.#options;
    const startMs = this.nowMs;
    this.#fate = fate;
    this.#begunAt = this.providers.map(({ journal }) => journal.length);
    this.#world = createWorld({
      ...this.#options,
      startMs,
      // Its ids must not be those of the process before it.
      seed: seed + 7919 * this.deaths.length,
      channels: this.providers,
      fate,
    });
    return this.survives((world) => world.architecture.start());
  }

  /** Does something in the process that runs; false: that has died meanwhile. */
  async survives(work: (world: World) => Promise<unknown>): Promise<boolean> {
    const world = this.#world;
    if (world === undefined) throw new Error('no process is running');
    const working = work(world);
    try {
      await Promise.race([working, this.#fate.died]);
    } catch (thrown) {
      if (!this.#fate.isDead) throw thrown;
    }
    if (!this.#fate.isDead) return true;
    working.catch(() => {});
    await this.#fate.died;
    await this.#bury();
    return false;
  }

  async #bury(): Promise<void> {
    this.#nowMs = this.nowMs;
    this.#world = undefined;
    const unrecorded: string[] = [];
    for (const [index, { journal }] of this.providers.entries()) {
      for (const { key, answer } of journal.slice(this.#begunAt[index])) {
        if (answer === 'yes' && !(await this.#isRecorded(key))) unrecorded.push(key);
      }
    }
    this.deaths.push({ atMs: this.#nowMs, unrecorded });
  }

  async #isRecorded(key: string): Promise<boolean> {
    const end = key.lastIndexOf(':');
    const [entry] = await this.#options.datastore.ledger.find('id', key.slice(0, end));
    const delivery = entry?.deliveries.find(({ channel }) => channel === key.slice(end + 1));
    return delivery?.status === 'sent';
  }
}

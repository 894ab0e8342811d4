import type { Datastore } from '../../../src/datastore/index.ts';
import { createReceipts, type Receipts } from '../../../src/delivery/index.ts';
import {
  defaultRetryPolicy,
  type LogFields,
  type Logger,
  seededRandom,
  silentLogger,
} from '../../../src/kernel/index.ts';
import { crashInjection } from '../../../src/lab/faults/crash-injection.ts';
import { CrashPoint } from '../../../src/lab/faults/crash-point.ts';
import { createWorld, type World, type WorldOptions } from '../../../src/shop/world.ts';
import { Callbacks } from './callbacks.ts';
import { channelNames } from './cast.ts';
import { History, type Moment } from './history.ts';
import { Provider, type ProviderOptions } from './provider.ts';
import { recordingDatastore } from './recording-datastore.ts';

export interface MortalShopOptions
  extends Pick<WorldOptions, 'architecture' | 'bus' | 'handOver' | 'startMs' | 'templates'> {
  /** What outlives every process. */
  datastore: Datastore;
  /** What the next process finds in its place. Left out: the same. */
  reopen?: (datastore: Datastore) => Promise<Datastore>;
  /** Of all randomness. Default 1. */
  seed?: number;
}

/** The end of one process. */
export interface Death extends Moment {
  /** The keys of what a provider had taken from it, and had said so, though our ledger did not have it yet. */
  readonly unrecorded: readonly string[];
}

/** Its process does nothing any more, and waits for nothing that is to come. */
class StuckError extends Error {
  override readonly name = 'StuckError';
}

/** What every process of the shop is set to, where it differs from what there is by default. */
export const deliverySettings = {
  retry: defaultRetryPolicy,
  /** A schedule, so that no wait is short by lot. */
  retryOf: { webhook: { maxAttempts: 3, delaysMs: [5000, 30_000] } },
} as const;

/** So many turns of the event loop are more than anything here takes. */
const mostTurns = 200_000;

/**
 * The shop, run by one process after the other. The datastore and the providers outlive them, and so does the
 * clock on the wall; everything else is gone with the process.
 */
export class MortalShop {
  /** For email, sms and webhook. */
  readonly providers: readonly Provider[];
  readonly history: History;
  readonly callbacks: Callbacks;
  readonly deaths: Death[] = [];
  readonly #options: MortalShopOptions;
  #datastore: Datastore;
  #world: World | undefined;
  #receipts: Receipts | undefined;
  #crashPoint = new CrashPoint();
  #stoppedAtMs: number;
  /** How much time had passed when the process began. */
  #begunAfterMs = 0;
  #starts = 0;
  /** How long the journals of the providers were when the process began. */
  #begunAt: readonly number[] = [];

  constructor(options: MortalShopOptions) {
    const { datastore, startMs, seed = 1 } = options;
    this.#options = options;
    this.#stoppedAtMs = startMs;
    this.#datastore = datastore;
    this.history = new History(() => this.#now());
    const random = seededRandom(seed + 2_000_003);
    const { history } = this;
    this.callbacks = new Callbacks(history);
    const onReport: ProviderOptions['onReport'] = (report) => {
      this.callbacks.owe([report]);
      // Whom the shop does not answer, because it has died, calls again later.
      this.callBack().catch(() => {});
    };
    this.providers = channelNames.map((name) => new Provider({ name, history, random, onReport }));
  }

  get datastore(): Datastore {
    return this.#datastore;
  }

  /** By the clock on the wall. */
  get nowMs(): number {
    return this.#world?.clock.now() ?? this.#stoppedAtMs;
  }

  #now(): Omit<Moment, 'seq'> {
    const passedMs = this.#begunAfterMs + (this.#world?.clock.monotonicMs() ?? 0);
    return { steadyMs: passedMs, wallMs: this.nowMs, life: this.#starts };
  }

  /** Somebody sets the clock on the wall, by so much; no time passes. */
  setClock(byMs: number): void {
    if (this.#world === undefined) this.#stoppedAtMs += byMs;
    else this.#world.clock.set(this.nowMs + byMs);
    this.history.note({ kind: 'set' });
  }

  /** Of the process that runs, or was the last to. */
  get crashPoint(): CrashPoint {
    return this.#crashPoint;
  }

  get isRunning(): boolean {
    return this.#world !== undefined;
  }

  /** How many processes there have been. */
  get starts(): number {
    return this.#starts;
  }

  /** Starts a process, after a while in which there was none; false: it has died of it. */
  async start(crashPoint = new CrashPoint(), { downMs = 0 } = {}): Promise<boolean> {
    const { seed = 1 } = this.#options;
    this.#crashPoint = crashPoint;
    this.#begunAt = this.providers.map(({ journal }) => journal.length);
    this.#begunAfterMs += downMs;
    const datastore = recordingDatastore(this.datastore, this.history);
    const process = crashInjection(crashPoint);
    this.#world = createWorld({
      delivery: deliverySettings,
      ...this.#options,
      datastore,
      startMs: this.nowMs + downMs,
      logger: breakersOn(this.history, crashPoint),
      // No process draws the ids that one before it has drawn.
      seed: seed + 7919 * this.#starts++,
      channels: this.providers,
      process,
    });
    this.#receipts = createReceipts({ clock: this.#world.clock, datastore: process.datastore(datastore) });
    return this.survives((world) => world.architecture.start());
  }

  /** Providers report to the process that runs what they owe it. */
  async callBack(): Promise<void> {
    if (this.#receipts === undefined) return;
    await this.callbacks.call(this.#receipts);
    this.#crashPoint.takesEffect();
  }

  /**
   * Does something in the process that runs; false: it has died meanwhile.
   * @throws {StuckError} it neither comes to an end nor dies.
   */
  async survives(work: (world: World) => Promise<unknown>): Promise<boolean> {
    const world = this.#world;
    if (world === undefined) throw new Error('no process is running');
    let isOver = false;
    const working = work(world).finally(() => {
      isOver = true;
    });
    working.catch(() => {});
    try {
      await Promise.race([working, this.#crashPoint.died, stuck(() => isOver || this.#crashPoint.isDead)]);
    } catch (thrown) {
      if (!this.#crashPoint.isDead) throw thrown;
    }
    if (!this.#crashPoint.isDead) return true;
    await this.#bury();
    return false;
  }

  /** Stops the process as one does who has time for it; false: it has died of it. */
  async stop(): Promise<boolean> {
    const hasStopped = await this.survives((world) => world.close());
    this.#end();
    return hasStopped;
  }

  /** What the clocks say outlives the process. */
  #end(): void {
    const { steadyMs, wallMs } = this.#now();
    this.#begunAfterMs = steadyMs;
    this.#stoppedAtMs = wallMs;
    this.#world = undefined;
  }

  async #bury(): Promise<void> {
    await this.#crashPoint.died;
    this.history.note({ kind: 'death' });
    const moment = this.history.moment();
    this.#end();
    if (this.#options.reopen !== undefined) this.#datastore = await this.#options.reopen(this.#datastore);
    const unrecorded: string[] = [];
    for (const [index, { journal }] of this.providers.entries()) {
      for (const { key, answer } of journal.slice(this.#begunAt[index])) {
        if (answer === 'yes' && !(await this.#isRecorded(key))) unrecorded.push(key);
      }
    }
    this.deaths.push({ ...moment, unrecorded });
  }

  async #isRecorded(key: string): Promise<boolean> {
    const end = key.lastIndexOf(':');
    const [entry] = await this.datastore.ledger.find('id', key.slice(0, end));
    const delivery = entry?.deliveries.find(({ channel }) => channel === key.slice(end + 1));
    return delivery?.status === 'sent';
  }
}

/** Delivery puts each change of a circuit breaker on its log. */
function breakersOn(history: History, crashPoint: CrashPoint): Logger {
  const heed = ({ channel, endpoint, breaker }: LogFields): void => {
    if (crashPoint.isDead || typeof channel !== 'string' || typeof breaker !== 'string') return;
    const name = typeof endpoint === 'string' ? endpoint : undefined;
    history.note({ kind: 'breaker', channel, endpoint: name, state: breaker });
  };
  return { ...silentLogger, info: heed, warn: heed };
}

async function stuck(isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn++) {
    if (isOver()) return new Promise(() => {});
    await new Promise(setImmediate);
  }
  throw new StuckError('nothing happens any more');
}

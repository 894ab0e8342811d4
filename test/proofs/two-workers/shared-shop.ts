import { type Datastore, DatastoreUnavailableError } from '../../../src/datastore/index.ts';
import { seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import type { WorldOptions } from '../../../src/shop/world.ts';
import { channelNames } from '../support/cast.ts';
import { History } from '../support/history.ts';
import { type Death, deliverySettings } from '../support/mortal-shop.ts';
import { Provider } from '../support/provider.ts';
import { Interleaving, rest, type Taken } from './interleaving.ts';
import type { Who } from './schedule.ts';
import { type Place, Worker } from './worker.ts';

export interface SharedShopOptions
  extends Pick<WorldOptions, 'architecture' | 'bus' | 'handOver' | 'templates' | 'startMs'> {
  datastore: Datastore;
  /** Of whose turn it is, and of all other randomness. */
  seed: number;
  /** Told of each step. */
  onStep?: (words: string) => void;
}

const places = [0, 1] as const;

/** What is tried again when the datastore does not let a worker begin. */
const restartMs = 1000;

/**
 * The shop, run by two workers on one datastore at once, each of which stands still, dies, closes and is started again, while the
 * time of all others goes on. Datastore and providers outlive them.
 */
export class SharedShop {
  readonly history: History;
  readonly providers: readonly Provider[];
  readonly deaths: Death[] = [];
  readonly clock: VirtualClock;
  /** What a worker was asked and failed with, though nothing was wrong. */
  readonly failures: unknown[] = [];
  readonly #options: SharedShopOptions;
  readonly #interleaving: Interleaving;
  readonly #workers: [Worker | undefined, Worker | undefined] = [undefined, undefined];
  readonly #aheadMs: [number, number] = [0, 0];
  readonly #busyUntilMs: [number, number] = [0, 0];
  /** Of those that nobody is to start again. */
  readonly #gone = new Set<Place>();
  /** Who takes the step that is taken. */
  #acting: { readonly place: Place; readonly life: number } = { place: 0, life: 0 };
  #lives = 0;

  constructor(options: SharedShopOptions) {
    const { startMs, seed } = options;
    this.#options = options;
    this.clock = new VirtualClock(startMs);
    this.history = new History(() => ({
      steadyMs: this.clock.monotonicMs(),
      wallMs: this.clock.now() + this.#aheadMs[this.#acting.place],
      life: this.#acting.life,
    }));
    this.#interleaving = new Interleaving(seededRandom(seed + 4_000_037), (taken) => this.#take(taken));
    const { history } = this;
    const random = seededRandom(seed + 2_000_003);
    this.providers = channelNames.map((name) => new Provider({ name, history, random, onReport: () => {} }));
  }

  /** Undefined while there is none. */
  at(place: Place): Worker | undefined {
    return this.#workers[place];
  }

  /** Undefined while there is none such. */
  whoIs(who: Who): Worker | undefined {
    if (who !== 'holder') return this.#workers[who];
    const holder = this.history.of('leased').at(-1)?.life;
    return this.#workers.find((worker) => worker?.life === holder);
  }

  /** Whoever can be asked, of the two this one first. */
  able(first: Place): Worker | undefined {
    const inOrder = [this.#workers[first], this.#workers[first === 0 ? 1 : 0]];
    return inOrder.find((worker) => worker?.isTaking === true && !worker.turns.isStill);
  }

  start(place: Place): void {
    if (this.#gone.has(place) || this.#workers[place] !== undefined) return;
    const life = ++this.#lives;
    const worker = new Worker({
      ...this.#options,
      delivery: deliverySettings,
      place,
      channels: this.providers,
      clock: this.clock,
      aheadMs: () => this.#aheadMs[place],
      history: this.history,
      turns: this.#interleaving.enter(life),
      isBusy: () => this.clock.monotonicMs() < this.#busyUntilMs[place],
      // No process draws the ids that another has drawn.
      seed: this.#options.seed + 7919 * life,
    });
    this.#workers[place] = worker;
    this.say(`worker ${place} starts, as process ${life}`);
    const begun = (): void => {
      worker.isTaking = !worker.isOver;
    };
    this.ask(worker, () => worker.world.architecture.start()).then(begun, (thrown) => {
      // As whoever looks after processes does with one that ends at its start.
      this.kill(worker, restartMs);
      if (!(thrown instanceof DatastoreUnavailableError)) this.failures.push(thrown);
    });
  }

  /** Begins something in a worker. */
  ask<T>(worker: Worker, work: () => Promise<T>): Promise<T> {
    this.#acting = worker;
    return work();
  }

  kill(worker: Worker, downMs: number): void {
    if (worker.isOver) return;
    this.#acting = worker;
    this.history.note({ kind: 'death' });
    this.say(`worker ${worker.place} dies`);
    this.#bury(worker, downMs);
  }

  /** In order: what it has in hand it finishes. */
  close(worker: Worker, downMs: number): void {
    if (!worker.isTaking) return;
    this.say(`worker ${worker.place} closes`);
    worker.isTaking = false;
    const closed = (): void => {
      if (worker.isOver) return;
      this.say(`worker ${worker.place} has closed`);
      this.#bury(worker, downMs);
    };
    this.ask(worker, () => worker.world.close()).then(closed, (thrown) => {
      if (!(thrown instanceof DatastoreUnavailableError)) this.failures.push(thrown);
      closed();
    });
  }

  /** Nobody is to be started in its place any more. */
  giveUp(place: Place): void {
    this.#gone.add(place);
    const worker = this.#workers[place];
    if (worker !== undefined) this.kill(worker, 0);
  }

  standStill(worker: Worker, forMs: number): void {
    const { place, turns } = worker;
    if (turns.isStill) return;
    this.#acting = worker;
    this.history.note({ kind: 'stood-still' });
    this.say(`worker ${place} stands still`);
    turns.stand();
    if (forMs < Number.POSITIVE_INFINITY) this.clock.after(forMs, () => this.wake(place, turns));
  }

  wake(place: Place, turns = this.#workers[place]?.turns): void {
    if (turns?.isStill !== true) return;
    this.say(`worker ${place} goes on`);
    turns.goOn();
  }

  beBusy(place: Place, forMs: number): void {
    this.#busyUntilMs[place] = Math.max(this.#busyUntilMs[place], this.clock.monotonicMs() + forMs);
  }

  setClock(place: Place, byMs: number): void {
    this.#aheadMs[place] += byMs;
  }

  /** Whatever goes wrong is over. */
  mend(): void {
    for (const place of places) this.#busyUntilMs[place] = 0;
  }

  /** Until all that goes on waits for time, or for so many steps. */
  async goOn(steps?: number): Promise<void> {
    await this.#interleaving.goOn(steps);
  }

  async pass(forMs: number): Promise<void> {
    await this.goOn();
    await this.clock.advanceTo(this.clock.now() + forMs, () => this.goOn());
  }

  /** Until nothing waits any more, of those who do not stand still. */
  async finish(): Promise<void> {
    await this.goOn();
    for (let dueMs = this.clock.nextDueMs(); dueMs !== undefined; dueMs = this.clock.nextDueMs())
      await this.clock.advanceTo(dueMs, () => this.goOn());
    await rest();
  }

  /** Nobody goes on any more. */
  stop(): void {
    for (const place of places) {
      this.#gone.add(place);
      const worker = this.#workers[place];
      if (worker !== undefined) this.#bury(worker, 0);
    }
  }

  say(words: string): void {
    this.#options.onStep?.(`${(this.clock.monotonicMs() / 1000).toFixed(3)} s  ${words}`);
  }

  #take({ life, name }: Taken): void {
    const worker = this.#workers.find((each) => each?.life === life);
    if (worker !== undefined) this.#acting = worker;
    if (this.#options.onStep !== undefined) this.say(`  ${worker?.place}: ${name}`);
  }

  #bury(worker: Worker, downMs: number): void {
    const { place } = worker;
    worker.end();
    this.#interleaving.leave(worker.turns);
    this.#workers[place] = undefined;
    this.clock.after(downMs, () => this.start(place));
  }
}

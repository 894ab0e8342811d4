import { type Datastore, DatastoreUnavailableError } from '../../../src/datastore/index.ts';
import type { Channel } from '../../../src/delivery/index.ts';
import { type Clock, intercept, type VirtualClock } from '../../../src/kernel/index.ts';
import { reads } from '../../../src/lab/faults/index.ts';
import type { ProcessInterceptor } from '../../../src/shop/index.ts';
import { createWorld, type World, type WorldOptions } from '../../../src/shop/world.ts';
import type { History } from '../support/history.ts';
import { recordingDatastore } from '../support/recording-datastore.ts';
import type { Turns } from './interleaving.ts';

export interface WorkerOptions
  extends Pick<WorldOptions, 'architecture' | 'bus' | 'handOver' | 'templates' | 'delivery' | 'channels'> {
  /** Which of the two it is, of whatever life. */
  place: Place;
  /** The time that passes for all. */
  clock: VirtualClock;
  /** How far its clock on the wall is ahead of that. */
  aheadMs(): number;
  datastore: Datastore;
  history: History;
  turns: Turns;
  /** Whether another program writes to the datastore, as far as this worker can see. */
  isBusy(): boolean;
  seed: number;
}

export type Place = 0 | 1;

/** One process of the shop, from its start to its death, or until it has closed. */
export class Worker {
  readonly place: Place;
  readonly turns: Turns;
  readonly world: World;
  /** Whether it takes commands: it has begun, and does not close. */
  isTaking = false;
  #isOver = false;
  /** What the operating system does when it dies. */
  readonly #atDeath: (() => unknown)[] = [];

  constructor(options: WorkerOptions) {
    const { place, clock, datastore, history, turns, seed } = options;
    this.place = place;
    this.turns = turns;
    this.world = createWorld({
      ...options,
      startMs: clock.now(),
      clock,
      datastore: recordingDatastore(datastore, history),
      seed,
      process: this.#process(options),
    });
  }

  get life(): number {
    return this.turns.life;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** It has died, or has closed. */
  end(): void {
    this.#isOver = true;
    this.isTaking = false;
    this.turns.end();
    for (const act of this.#atDeath.splice(0)) act();
  }

  #process(options: WorkerOptions): ProcessInterceptor {
    return {
      clock: () => this.#clock(options),
      datastore: (own) => this.#datastore(own, options),
      bus: (bus) => bus,
      channel: (own) => this.#channel(own, options),
      isDead: false,
      throwIfDead: () => {},
    };
  }

  /** The same time; what is read on the wall is its own. */
  #clock({ clock, aheadMs }: WorkerOptions): Clock {
    const after: Clock['after'] = (delayMs, run) => {
      let isOff = false;
      const cancel = clock.after(delayMs, () => this.turns.ring('a timer', () => isOff || run()));
      return () => {
        isOff = true;
        cancel();
      };
    };
    const now = (): number => clock.now() + aheadMs();
    return {
      now,
      schedule: (atMs, run) => after(atMs - now(), run),
      monotonicMs: () => clock.monotonicMs(),
      after,
    };
  }

  #datastore(own: Datastore, { isBusy }: WorkerOptions): Datastore {
    const { turns } = this;
    const asked = (name: string, call: () => unknown): Promise<unknown> =>
      turns.passing(name, async () => {
        if (isBusy() && !answered.has(name.split('.').at(-1) ?? '')) throw busy();
        return call();
      });
    return intercept(own, {
      around: (method, call) => asked(method, call),
      within: (part, store) =>
        intercept(store, {
          around: (method, call) => (method === 'pages' ? call() : asked(`${part}.${method}`, call)),
        }),
      instead: {
        claimConsumption: () =>
          turns.passing('claimConsumption', async () => {
            const giveBack = await own.claimConsumption();
            this.#atDeath.push(giveBack);
            return giveBack;
          }),
        leases: intercept(own.leases, {
          around: (method, call) => asked(`leases.${method}`, call),
          instead: {
            listen: (told) =>
              turns.passing('leases.listen', async () => {
                const leave = await own.leases.listen(() => turns.ring('told', told));
                this.#atDeath.push(leave);
                return leave;
              }),
          },
        }),
      },
    });
  }

  /** The provider is somebody else's machine: it goes on, whoever stands still or dies. */
  #channel(own: Channel, { clock, history }: WorkerOptions): Channel {
    const { turns } = this;
    const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
    return intercept(own, {
      instead: {
        send: (message, { idempotencyKey }) => {
          history.note({ kind: 'departed', key: idempotencyKey });
          const context = { idempotencyKey, wait, signal: new AbortController().signal };
          return turns.passing(`${own.name}.send`, () => own.send(message, context));
        },
      },
    });
  }
}

/** What a file answers while another program writes to it: beside what the stores of a shop are asked, what a worker asks of itself. */
const answered: ReadonlySet<string> = new Set([
  ...reads,
  ...['knows', 'list', 'orphaned', 'waitingChannels', 'counts', 'verdicts', 'receipts', 'untilMs', 'tell'],
  ...['deadLetters', 'deadLetter', 'isEmpty'],
]);

const busy = (): DatastoreUnavailableError =>
  new DatastoreUnavailableError(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }));

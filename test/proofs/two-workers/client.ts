import { type Datastore, DatastoreUnavailableError } from '../../../src/datastore/index.ts';
import { AppError } from '../../../src/kernel/index.ts';
import { type Command, DomainError, execute } from '../../../src/services/index.ts';
import { eventsOnRecord } from '../support/play-schedule.ts';
import type { SharedShop } from './shared-shop.ts';
import type { Place, Worker } from './worker.ts';

/** Who has heard nothing for so long asks the other one. */
const patienceMs = 10_000;

/** What a worker says that is about to close, or cannot write. */
const excused: ReadonlySet<string> = new Set(['bus_closed', 'delivery_stopped']);

/** Gives commands to a worker that can be asked, and the same to the other when it gets no answer. */
export class Client {
  readonly #shop: SharedShop;
  readonly #datastore: Datastore;

  constructor(shop: SharedShop, datastore: Datastore) {
    this.#shop = shop;
    this.#datastore = datastore;
  }

  command(to: Place, command: Command): void {
    this.#give(to, ({ world }) => execute(world.architecture.services, command));
  }

  /** Something that is on record is published once more. */
  async repeat(to: Place, nth: number): Promise<void> {
    const events = await eventsOnRecord(this.#datastore);
    const event = events[nth % Math.max(1, events.length)];
    if (event === undefined) return;
    this.#give(to, async ({ world }) => {
      if (world.hasBus) await world.bus.publish([event]);
    });
  }

  #give(to: Place, work: (worker: Worker) => Promise<unknown>, mayAskAgain = true): void {
    const worker = this.#shop.able(to);
    if (worker === undefined) return;
    let isAnswered = false;
    const answered = (): void => {
      isAnswered = true;
    };
    this.#shop
      .ask(worker, () => work(worker))
      .then(answered, (thrown) => {
        answered();
        if (!isExcused(thrown)) this.#shop.failures.push(thrown);
      });
    if (!mayAskAgain) return;
    this.#shop.clock.after(patienceMs, () => {
      if (!isAnswered) this.#give(worker.place === 0 ? 1 : 0, work, false);
    });
  }
}

const isExcused = (thrown: unknown): boolean =>
  thrown instanceof DomainError ||
  thrown instanceof DatastoreUnavailableError ||
  (thrown instanceof AppError && excused.has(thrown.code));

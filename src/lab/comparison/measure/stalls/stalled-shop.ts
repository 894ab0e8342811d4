import type { Datastore } from '../../../../datastore/index.ts';
import {
  defaultRetryPolicy,
  type InFlightCounter,
  intercept,
  VirtualClock,
} from '../../../../kernel/index.ts';
import { createTemplates } from '../../../../notifications/index.ts';
import { DomainError } from '../../../../services/index.ts';
import { createWorld, type ProcessInterceptor, type World } from '../../../../shop/index.ts';
import { CrashPoint, crashInjection, Pause } from '../../../faults/index.ts';
import { takingTime } from '../kills/durations.ts';
import { inMemory, inPlace, type NewPlace } from '../places.ts';
import {
  advanceToTheEnd,
  channelNames,
  type Journal,
  loadStartMs,
  notingProvider,
  rest,
} from '../steady-load.ts';
import { orderId, stockOrders } from '../stocked-orders.ts';
import { optionsOf, type Variant } from '../variants.ts';
import type { StallLoad } from './stall-load.ts';

/** Plays the load on two workers, one of which stands still now and then, until nothing is left to do. */
export function playStalls(
  variant: Variant,
  load: StallLoad,
  newPlace: NewPlace = inMemory,
): Promise<Journal> {
  // Both have the same sessions on a server too: between processes a lease runs out by its clock, for which no time passes here.
  return inPlace(newPlace, async (datastore, asked) => {
    await stockOrders(datastore, load.commandsMs.length);
    const shop = new SharedShop(variant, datastore, asked);
    await shop.play(load);
    return shop.journal;
  });
}

interface Worker {
  readonly world: World;
  readonly pause: Pause;
  /** What it was asked to ship, and has not answered. */
  readonly unanswered: Set<string>;
}

class SharedShop {
  readonly journal: Journal = new Map();
  readonly #clock = new VirtualClock(loadStartMs - 1000);
  readonly #workers: readonly [Worker, Worker];
  readonly #failures: unknown[] = [];
  readonly #asked: InFlightCounter;
  #given = 0;

  constructor(variant: Variant, datastore: Datastore, asked: InFlightCounter) {
    this.#asked = asked;
    const templates = createTemplates();
    const channels = channelNames.map((name) => notingProvider(name, this.journal, this.#clock));
    const start = (seed: number): Worker => {
      const pause = new Pause();
      const world = createWorld({
        startMs: this.#clock.now(),
        clock: this.#clock,
        ...optionsOf(variant),
        templates,
        datastore,
        // The ids of one worker must not be those of the other.
        seed,
        channels,
        delivery: { retry: defaultRetryPolicy },
        process: pausing(pause, this.#clock),
      });
      return { world, pause, unanswered: new Set() };
    };
    this.#workers = [start(1), start(7919)];
  }

  async play({ commandsMs, stalls }: StallLoad): Promise<void> {
    const starting = Promise.all(this.#workers.map(({ world }) => world.architecture.start()));
    await this.#advanceTo(0);
    await starting;
    for (const [index, atMs] of commandsMs.entries()) this.#at(atMs, () => this.#give(orderId(index)));
    for (const { worker, fromMs, untilMs } of stalls) {
      this.#at(fromMs, () => this.#stall(this.#workers[worker]));
      this.#at(untilMs, () => this.#workers[worker].pause.end());
    }
    await advanceToTheEnd(this.#clock, this.#asked);
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  /** Whoever waits for it does not know whether it took effect, and asks the other. */
  #stall({ pause, unanswered }: Worker): void {
    pause.begin();
    for (const order of unanswered) this.#give(order);
  }

  /** To one worker after the other, but for one that stands still. */
  #give(order: string): void {
    const [worker] = this.#workers
      .map((_, index) => this.#workers[(this.#given + index) % 2] as Worker)
      .filter(({ pause }) => !pause.isPaused);
    this.#given++;
    if (worker !== undefined) this.#ship(order, worker).catch((thrown) => this.#failures.push(thrown));
  }

  async #ship(orderId: string, { world, unanswered }: Worker): Promise<void> {
    unanswered.add(orderId);
    try {
      await world.architecture.services.ordering.shipOrder({ orderId });
    } catch (thrown) {
      // The other has shipped it.
      if (!(thrown instanceof DomainError)) throw thrown;
    }
    unanswered.delete(orderId);
  }

  #at(ms: number, run: () => void): void {
    this.#clock.schedule(loadStartMs + ms, run);
  }

  async #advanceTo(ms: number): Promise<void> {
    await rest(this.#asked);
    await this.#clock.advanceTo(loadStartMs + ms, () => rest(this.#asked));
  }
}

/** A process that asks and hears nothing while it is paused, and whose questions take time. */
function pausing(pause: Pause, clock: VirtualClock): ProcessInterceptor {
  const living = new CrashPoint();
  const process = takingTime(crashInjection(living), clock, living);
  return intercept(process, {
    instead: {
      clock: (own) => pause.clock(own),
      datastore: (own) => pause.datastore(process.datastore(own)),
      channel: (own) => pause.channel(process.channel(own)),
    },
  });
}

import { type Datastore, openDatastore } from '../../../../datastore/index.ts';
import { type Clock, defaultRetryPolicy } from '../../../../kernel/index.ts';
import { createTemplates } from '../../../../notifications/index.ts';
import { DomainError } from '../../../../services/index.ts';
import { createWorld, type World } from '../../../../shop/index.ts';
import { CrashPoint, crashInjection } from '../../../faults/index.ts';
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
import { takingTime } from './durations.ts';
import type { Load } from './load.ts';

/** Plays the load, killing the process and starting the next one at once, until nothing is left to do. */
export async function playKills(variant: Variant, load: Load): Promise<Journal> {
  const datastore = openDatastore();
  try {
    await stockOrders(datastore, load.commandsMs.length);
    const shop = new KilledShop(variant, datastore, load);
    await shop.play();
    return shop.journal;
  } finally {
    await datastore.close();
  }
}

class KilledShop {
  readonly journal: Journal = new Map();
  readonly #variant: Variant;
  readonly #datastore: Datastore;
  readonly #load: Load;
  readonly #templates = createTemplates();
  /** Orders whose caller has not been answered, and will ask again. */
  readonly #unanswered = new Set<string>();
  #processes = 0;

  constructor(variant: Variant, datastore: Datastore, load: Load) {
    this.#variant = variant;
    this.#datastore = datastore;
    this.#load = load;
  }

  async play(): Promise<void> {
    // It is not the first day: who subscribes is known to the bus.
    await this.#live(-1000, 0);
    let fromMs = 0;
    for (const killMs of this.#load.killsMs) {
      await this.#live(fromMs, killMs);
      fromMs = killMs;
    }
    await this.#live(fromMs, Number.POSITIVE_INFINITY);
  }

  /** One process, from when it is started until it is killed; never: until nothing waits any more. */
  async #live(fromMs: number, killMs: number): Promise<void> {
    const crashPoint = new CrashPoint();
    const world = this.#createWorld(loadStartMs + fromMs, crashPoint);
    const starting = world.architecture.start();
    // It may be killed before it is up, with nobody waiting for it.
    starting.catch(() => {});
    const give = (order: string): void => void this.#give(world, starting, order).catch(() => {});
    for (const order of this.#unanswered) give(order);
    for (const [index, atMs] of this.#load.commandsMs.entries()) {
      if (atMs < fromMs || atMs >= killMs) continue;
      world.clock.schedule(loadStartMs + atMs, () => give(orderId(index)));
    }
    await rest();
    if (killMs < Number.POSITIVE_INFINITY) await world.clock.advanceTo(loadStartMs + killMs, rest);
    else await advanceToTheEnd(world.clock);
    crashPoint.die();
    await crashPoint.died;
    await rest();
  }

  /** Who was not answered by the process before does not know whether it took effect, and asks again. */
  async #give({ architecture }: World, starting: Promise<void>, order: string): Promise<void> {
    this.#unanswered.add(order);
    await starting;
    try {
      await architecture.services.ordering.shipOrder({ orderId: order });
    } catch (thrown) {
      if (!(thrown instanceof DomainError)) throw thrown;
    }
    this.#unanswered.delete(order);
  }

  #createWorld(atMs: number, crashPoint: CrashPoint): World {
    let world: World | undefined;
    // Nobody asks before it is made.
    const clock: Pick<Clock, 'now' | 'schedule'> = {
      now: () => world?.clock.now() ?? atMs,
      schedule: (dueMs, run) => world?.clock.schedule(dueMs, run) ?? (() => {}),
    };
    world = createWorld({
      startMs: atMs,
      ...optionsOf(this.#variant),
      templates: this.#templates,
      datastore: this.#datastore,
      // The ids of a process must not be those of the one before it.
      seed: 7919 * ++this.#processes,
      channels: channelNames.map((name) => notingProvider(name, this.journal, clock)),
      delivery: { retry: defaultRetryPolicy },
      process: takingTime(crashInjection(crashPoint), clock, crashPoint),
    });
    return world;
  }
}

import type { Datastore } from '../../../../datastore/index.ts';
import { type Clock, defaultRetryPolicy } from '../../../../kernel/index.ts';
import { createTemplates } from '../../../../notifications/index.ts';
import { DomainError } from '../../../../services/index.ts';
import { createWorld, type World } from '../../../../shop/index.ts';
import { CrashPoint, crashInjection } from '../../../faults/index.ts';
import { inMemory, type NewPlace, type Place } from '../places.ts';
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
export async function playKills(
  variant: Variant,
  load: Load,
  newPlace: NewPlace = inMemory,
): Promise<Journal> {
  const place = await newPlace();
  try {
    const datastore = await place.open();
    await stockOrders(datastore, load.commandsMs.length).finally(() => datastore.close());
    const shop = new KilledShop(variant, place, load);
    await shop.play();
    return shop.journal;
  } finally {
    await place.remove();
  }
}

class KilledShop {
  readonly journal: Journal = new Map();
  readonly #variant: Variant;
  readonly #place: Place;
  readonly #load: Load;
  readonly #templates = createTemplates();
  /** Orders whose caller has not been answered, and will ask again. */
  readonly #unanswered = new Set<string>();
  #processes = 0;

  constructor(variant: Variant, place: Place, load: Load) {
    this.#variant = variant;
    this.#place = place;
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
    // Of its own, and ended with it: a server takes back what it gave to the sessions of one that is killed.
    const datastore = await this.#place.open();
    const world = this.#createWorld(datastore, { atMs: loadStartMs + fromMs, crashPoint });
    const starting = world.architecture.start();
    // It may be killed before it is up, with nobody waiting for it.
    starting.catch(() => {});
    const give = (order: string): void => void this.#give(world, starting, order).catch(() => {});
    for (const order of this.#unanswered) give(order);
    for (const [index, atMs] of this.#load.commandsMs.entries()) {
      if (atMs < fromMs || atMs >= killMs) continue;
      world.clock.schedule(loadStartMs + atMs, () => give(orderId(index)));
    }
    const { asked } = this.#place;
    await rest(asked);
    if (killMs < Number.POSITIVE_INFINITY)
      await world.clock.advanceTo(loadStartMs + killMs, () => rest(asked));
    else await advanceToTheEnd(world.clock, asked);
    crashPoint.die();
    await crashPoint.died;
    await rest(asked);
    await datastore.close();
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

  #createWorld(
    datastore: Datastore,
    { atMs, crashPoint }: { readonly atMs: number; readonly crashPoint: CrashPoint },
  ): World {
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
      datastore,
      // The ids of a process must not be those of the one before it.
      seed: 7919 * ++this.#processes,
      channels: channelNames.map((name) => notingProvider(name, this.journal, clock)),
      delivery: { retry: defaultRetryPolicy },
      process: takingTime(crashInjection(crashPoint), clock, crashPoint),
    });
    return world;
  }
}

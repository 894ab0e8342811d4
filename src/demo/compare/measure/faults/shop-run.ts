import { type Datastore, openDatastore, stockSampleShop } from '../../../../datastore/index.ts';
import type { Faults } from '../../../../delivery/index.ts';
import type { Message } from '../../../../events/index.ts';
import type { Clock } from '../../../../kernel/index.ts';
import type { Templates } from '../../../../notifications/index.ts';
import { type Command, DomainError, execute } from '../../../../services/index.ts';
import { Fate } from '../../../faults/fate.ts';
import {
  type ArchitectureName,
  type BusName,
  createWorld,
  type Surroundings,
  type World,
} from '../../../world.ts';
import { JournalingProvider, type Taken } from './journal.ts';
import { dayStartMs, gapMs, shopDay } from './shop-day.ts';

/** Where a run takes place. */
export interface Stage {
  readonly architecture: ArchitectureName;
  /** Null where nothing flows on a bus. */
  readonly bus: BusName | null;
  /** Shared by hundreds of runs, which need not each read the same files. */
  readonly templates: Templates;
}

/** What goes wrong in a run. What is left out does not. */
export interface Trouble {
  /** What is done. Default: a whole day. */
  readonly commands?: readonly Command[];
  /** At the provider of mail, from the first command on. */
  readonly email?: Faults;
  /** Around the parts of the shop. */
  surroundings?(clock: Clock): Surroundings;
  /** Messages from nobody knows where, before the second command. */
  readonly strayMessages?: readonly Message[];
  /** The process dies at this step, and is started again at once. */
  readonly diesAtStep?: number;
}

/** What it came to. */
export interface ShopRun {
  readonly taken: readonly Taken[];
  /** How long each command kept its caller waiting, in their order. */
  readonly callerMs: readonly number[];
  /** Two for each operation on the world. */
  readonly steps: number;
}

/** Plays the day with something going wrong, in virtual time: the same trouble gives the same run. */
export async function runShop(stage: Stage, trouble: Trouble = {}): Promise<ShopRun> {
  const datastore = openDatastore();
  try {
    await stockSampleShop(datastore);
    return await new Shop(stage, trouble, datastore).playDay();
  } finally {
    await datastore.close();
  }
}

/** One process after the other. The datastore, the providers and the clock on the wall outlive them. */
class Shop {
  readonly #stage: Stage;
  readonly #trouble: Trouble;
  readonly #datastore: Datastore;
  readonly #providers: readonly JournalingProvider[];
  #world: World;
  #fate = new Fate();
  #processes = 0;
  readonly #callerMs: number[] = [];

  constructor(stage: Stage, trouble: Trouble, datastore: Datastore) {
    this.#stage = stage;
    this.#trouble = trouble;
    this.#datastore = datastore;
    const clock: Clock = {
      now: () => this.#world.clock.now(),
      schedule: (atMs, run) => this.#world.clock.schedule(atMs, run),
    };
    this.#providers = ['email', 'sms'].map((name) => new JournalingProvider(name, clock));
    this.#world = this.#createWorld(dayStartMs, undefined);
  }

  async playDay(): Promise<ShopRun> {
    // It is not the first day: who subscribes is known to the bus.
    await this.#world.architecture.start();
    await this.#world.architecture.settle();
    await this.#world.close();

    await this.#start(new Fate(this.#trouble.diesAtStep));
    const [email] = this.#providers;
    if (email !== undefined) email.faults = this.#trouble.email ?? {};
    for (const [index, command] of (this.#trouble.commands ?? shopDay).entries()) {
      await this.#live(() => this.#reach(dayStartMs + index * gapMs));
      if (index === 1) await this.#live(() => this.#publishStrays());
      await this.#give(command);
      await this.#live((world) => world.architecture.settle());
    }
    await this.#live((world) => world.finish());
    await this.#live((world) => this.#redriveAll(world));
    await this.#live((world) => world.close());
    return {
      taken: this.#providers.flatMap(({ journal }) => journal),
      callerMs: this.#callerMs,
      steps: this.#fate.steps,
    };
  }

  #createWorld(startMs: number, fate: Fate | undefined): World {
    const { architecture, bus, templates } = this.#stage;
    const surroundings = this.#trouble.surroundings?.({
      now: () => this.#world.clock.now(),
      schedule: (atMs, run) => this.#world.clock.schedule(atMs, run),
    });
    return createWorld({
      startMs,
      architecture,
      templates,
      ...(bus !== null && { bus }),
      datastore: this.#datastore,
      // The ids of a process must not be those of the one before it.
      seed: 1 + 7919 * this.#processes++,
      channels: this.#providers,
      ...(fate && { fate }),
      ...(surroundings && { surroundings }),
    });
  }

  /** A process, or as many as it takes until one is up. */
  async #start(fate: Fate): Promise<void> {
    for (let next = fate; ; next = new Fate()) {
      this.#fate = next;
      this.#world = this.#createWorld(this.#world.clock.now(), next);
      if (await this.#survives((world) => world.architecture.start())) return;
    }
  }

  /** Does something, again in the next process if this one dies of it. */
  async #live(work: (world: World) => Promise<unknown>): Promise<void> {
    while (!(await this.#survives(work))) await this.#start(new Fate());
  }

  async #survives(work: (world: World) => Promise<unknown>): Promise<boolean> {
    const working = work(this.#world);
    try {
      await Promise.race([working, this.#fate.died]);
    } catch (thrown) {
      if (!this.#fate.isDead) throw thrown;
    }
    if (!this.#fate.isDead) return true;
    working.catch(() => {});
    await this.#fate.died;
    return false;
  }

  /** A caller whose process has died cannot know whether the command took effect, and gives it again. */
  async #give(command: Command): Promise<void> {
    const givenMs = this.#world.clock.now();
    let isRepeated = false;
    await this.#live(async (world) => {
      const isFirst = !isRepeated;
      isRepeated = true;
      try {
        await world.during(execute(world.architecture.services, command));
      } catch (thrown) {
        if (isFirst || !(thrown instanceof DomainError)) throw thrown;
      }
    });
    this.#callerMs.push(this.#world.clock.now() - givenMs);
  }

  async #reach(atMs: number): Promise<void> {
    if (atMs > this.#world.clock.now()) await this.#world.advanceTo(atMs);
  }

  async #publishStrays(): Promise<void> {
    const { strayMessages = [] } = this.#trouble;
    if (strayMessages.length > 0) await this.#world.bus.publish(strayMessages as never);
  }

  /** What was given up waits for a person, who sends it on its way again. */
  async #redriveAll(world: World): Promise<void> {
    const dead = await this.#datastore.ledger.deadLetters({ limit: 1000 });
    for (const { delivery } of dead) await world.architecture.redrive(delivery);
    await world.finish();
  }
}

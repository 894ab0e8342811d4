import { type Datastore, openDatastore } from '../../../../datastore/index.ts';
import type { Faults } from '../../../../delivery/index.ts';
import type { Message } from '../../../../events/index.ts';
import type { Clock } from '../../../../kernel/index.ts';
import { defaultRetryPolicy } from '../../../../kernel/index.ts';
import type { Templates } from '../../../../notifications/index.ts';
import { type Command, DomainError, execute } from '../../../../services/index.ts';
import { createWorld, type Interceptors, stockSampleShop, type World } from '../../../../shop/index.ts';
import { CrashPoint, crashInjection } from '../../../faults/index.ts';
import { optionsOf, type Variant } from '../variants.ts';
import { JournalingProvider, type Taken } from './journal.ts';
import { type CreateWorld, Processes } from './processes.ts';
import { dayStartMs, gapMs, shopDay } from './shop-day.ts';

/** Where a run takes place. */
export interface Stage extends Variant {
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
  interceptors?(clock: Clock): Interceptors;
  /** Messages from nobody knows where, before the second command. */
  readonly strayMessages?: readonly Message[];
  /** The process dies at this step, and is started again at once. */
  readonly diesAtStep?: number;
}

/** What it came to. */
export interface ShopRun {
  readonly taken: readonly Taken[];
  /** How many messages had waited until what they say was no longer so, and were not sent. */
  readonly overtaken: number;
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

class Shop {
  readonly #stage: Stage;
  readonly #trouble: Trouble;
  readonly #datastore: Datastore;
  readonly #processes: Processes;
  readonly #providers: readonly JournalingProvider[];
  readonly #callerMs: number[] = [];

  constructor(stage: Stage, trouble: Trouble, datastore: Datastore) {
    this.#stage = stage;
    this.#trouble = trouble;
    this.#datastore = datastore;
    this.#processes = new Processes(dayStartMs, (process) => this.#createWorld(process));
    const { clock } = this.#processes;
    this.#providers = ['email', 'sms'].map((name) => new JournalingProvider(name, clock));
  }

  async playDay(): Promise<ShopRun> {
    const { commands = shopDay, diesAtStep, email = {} } = this.#trouble;
    const processes = this.#processes;
    // It is not the first day: who subscribes is known to the bus.
    await processes.start();
    await processes.live((world) => world.architecture.settle());
    await processes.live((world) => world.close());

    const crashPoint = new CrashPoint(diesAtStep);
    await processes.start(crashPoint);
    for (const provider of this.#providers) if (provider.name === 'email') provider.faults = email;
    for (const [index, command] of commands.entries()) {
      await processes.live((world) => reach(world, dayStartMs + index * gapMs));
      if (index === 1) await processes.live((world) => this.#publishStrays(world));
      await this.#give(command);
      await processes.live((world) => world.architecture.settle());
    }
    await processes.live((world) => world.finish());
    await processes.live((world) => this.#redriveAll(world));
    await processes.live((world) => world.close());
    const taken = this.#providers.flatMap(({ journal }) => journal);
    return {
      taken,
      overtaken: await countOvertaken(this.#datastore),
      callerMs: this.#callerMs,
      steps: crashPoint.steps,
    };
  }

  #createWorld({ startMs, crashPoint, number }: Parameters<CreateWorld>[0]): World {
    const { templates } = this.#stage;
    const interceptors = this.#trouble.interceptors?.(this.#processes.clock);
    return createWorld({
      startMs,
      ...optionsOf(this.#stage),
      templates,
      datastore: this.#datastore,
      // The ids of a process must not be those of the one before it.
      seed: 7919 * number,
      channels: this.#providers,
      delivery: { retry: defaultRetryPolicy },
      process: crashInjection(crashPoint),
      ...(interceptors && { interceptors }),
    });
  }

  /** A caller whose process has died cannot know whether the command took effect, and gives it again. */
  async #give(command: Command): Promise<void> {
    const { clock } = this.#processes;
    const givenMs = clock.now();
    let isRepeated = false;
    await this.#processes.live(async (world) => {
      const isFirst = !isRepeated;
      isRepeated = true;
      try {
        await world.during(execute(world.architecture.services, command));
      } catch (thrown) {
        if (isFirst || !(thrown instanceof DomainError)) throw thrown;
      }
    });
    this.#callerMs.push(clock.now() - givenMs);
  }

  async #publishStrays({ bus }: World): Promise<void> {
    const { strayMessages = [] } = this.#trouble;
    if (strayMessages.length > 0) await bus.publish(strayMessages as never);
  }

  /** What was given up waits for a person, who sends it on its way again. */
  async #redriveAll(world: World): Promise<void> {
    const dead = await this.#datastore.ledger.deadLetters({ limit: 1000 });
    for (const { delivery } of dead) await world.architecture.redrive(delivery);
    await world.finish();
  }
}

async function reach(world: World, atMs: number): Promise<void> {
  if (atMs > world.clock.now()) await world.advanceTo(atMs);
}

async function countOvertaken({ statistics }: Datastore): Promise<number> {
  const { groups } = await statistics.deliveries();
  return groups.reduce((sum, { reason, count }) => (reason === 'overtaken' ? sum + count : sum), 0);
}

import type { HandOverName } from '../../../src/api-driven/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import { CrashPoint } from '../../../src/lab/faults/crash-point.ts';
import { createTemplates } from '../../../src/notifications/index.ts';
import { type Command, DomainError, execute } from '../../../src/services/index.ts';
import type { ArchitectureName, BusName, World } from '../../../src/shop/world.ts';
import { eveningMs, openingCommands, openingMs, type Story } from '../../architectures/stories.ts';
import { MortalShop } from './mortal-shop.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { stock } from './stock.ts';

export interface StoryOptions {
  architecture: ArchitectureName;
  bus: BusName;
  /** Where services call. Default: after the commit. */
  handOver?: HandOverName;
  /** Default: in memory. */
  open?: () => Datastore;
  /** Makes what the next process finds of what a dead one left. Default: the same datastore. */
  reopen?: (datastore: Datastore) => Promise<Datastore>;
  /** Puts something between the shop and its datastore. */
  alter?: (datastore: Datastore) => Datastore;
  /** Gives every command before anything has come of the one before. Default false. */
  isHasty?: boolean;
}

/** Tells a story in a shop whose processes die; the last of them lives to see its end. */
export type StoryTeller = (story: Story, diesAtSteps?: readonly number[]) => Promise<Outcome>;

export function storyTeller(options: StoryOptions): StoryTeller {
  const templates = createTemplates();
  const { open = openDatastore, alter = (given) => given } = options;
  return async (story, diesAtSteps = []) => {
    const datastore = alter(open());
    await stock(datastore, openingCommands, openingMs);
    for (const address of story.suppressed ?? []) {
      await datastore.suppressions.add({ address, reason: 'bounced', sinceMs: openingMs });
    }
    const shop = new MortalShop({ ...options, datastore, startMs: eveningMs, templates });
    const outcome = await new Telling(shop, options, diesAtSteps).tell(story);
    await shop.datastore.close();
    return outcome;
  };
}

class Telling {
  readonly #shop: MortalShop;
  readonly #isHasty: boolean;
  readonly #diesAtSteps: number[];
  #deadMessages = 0;

  constructor(shop: MortalShop, { isHasty = false }: StoryOptions, diesAtSteps: readonly number[]) {
    this.#shop = shop;
    this.#isHasty = isHasty;
    this.#diesAtSteps = [...diesAtSteps];
  }

  async tell(story: Story): Promise<Outcome> {
    await this.#start();
    for (const step of story.steps) {
      if (typeof step === 'string') await this.#insist((world) => pass(world, Date.parse(step)));
      else await this.#command(step);
    }
    await this.#insist(async (world) => {
      await world.finish();
      this.#deadMessages = (await world.bus.deadLetters()).length;
      await world.close();
    });
    return outcomeOf(this.#shop, this.#deadMessages);
  }

  #crashPoint(): CrashPoint {
    return new CrashPoint(this.#diesAtSteps.shift(), () => this.#shop.nowMs);
  }

  async #start(): Promise<void> {
    while (!(await this.#shop.start(this.#crashPoint())));
  }

  /** Does it once more, in the next process, when it was interrupted. */
  async #insist(work: (world: World) => Promise<unknown>): Promise<void> {
    while (!(await this.#shop.survives(work))) await this.#start();
    // Who has her answer does not ask again.
    this.#shop.crashPoint.takesEffect();
  }

  async #command(command: Command): Promise<void> {
    let attempts = 0;
    await this.#insist(async (world) => {
      attempts++;
      try {
        await world.during(execute(world.architecture.services, command));
      } catch (thrown) {
        // Who was told nothing asks again, and may hear that it was done.
        if (attempts === 1 || !(thrown instanceof DomainError)) throw thrown;
      }
      if (!this.#isHasty) await world.architecture.settle();
    });
  }
}

/** No time passes while there is something to do; and what is due then goes before what is done then. */
async function pass(world: World, atMs: number): Promise<void> {
  await world.architecture.settle();
  await world.advanceTo(atMs);
  await world.architecture.settle();
}

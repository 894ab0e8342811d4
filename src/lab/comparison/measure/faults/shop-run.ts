import { millisecondsInMinute } from 'date-fns/constants';
import type { Datastore } from '../../../../datastore/index.ts';
import type { Faults } from '../../../../delivery/index.ts';
import type { Message } from '../../../../events/index.ts';
import { type Clock, defaultRetryPolicy } from '../../../../kernel/index.ts';
import type { Templates } from '../../../../notifications/index.ts';
import { type Command, DomainError, execute } from '../../../../services/index.ts';
import { createWorld, type Interceptors, stockSampleShop, type World } from '../../../../shop/index.ts';
import { inMemory, inPlace, type NewPlace } from '../places.ts';
import { optionsOf, type Variant } from '../variants.ts';
import { JournalingProvider, type Taken } from './journal.ts';
import { dayStartMs, gapMs, shopDay } from './shop-day.ts';

const redrivenAfterMs = 10 * millisecondsInMinute;

/** Where a run takes place. */
export interface Stage extends Variant {
  /** Shared by many runs, which need not each read the same files. */
  readonly templates: Templates;
  /** What a run keeps its shop in. Left out: memory. */
  readonly newPlace?: NewPlace;
}

/** What goes wrong in a run. What is left out does not. */
export interface Trouble {
  /** At the provider of mail, from the first command on. */
  readonly email?: Faults;
  /** An address at which mails are refused. */
  readonly deadReceiver?: { readonly to: string; readonly untilMs: number };
  /** Each command is given twice at the same moment. */
  readonly isGivenTwice?: boolean;
  /** Around the parts of the shop. */
  interceptors?(clock: Clock): Interceptors;
  /** Messages from nobody knows where, before the second command. */
  readonly strayMessages?: readonly Message[];
}

/** What it came to. */
export interface ShopRun {
  readonly taken: readonly Taken[];
  /** How many messages had waited until what they say was no longer so, and were not sent. */
  readonly overtaken: number;
  /** How long each command kept its caller waiting, in their order. */
  readonly callerMs: readonly number[];
}

/** Plays the day with something going wrong, in virtual time: the same trouble gives the same run. */
export function runShop(stage: Stage, trouble: Trouble = {}): Promise<ShopRun> {
  return inPlace(stage.newPlace ?? inMemory, async (datastore) => {
    await stockSampleShop(datastore);
    return new Shop(stage, trouble, datastore).playDay();
  });
}

class Shop {
  readonly #trouble: Trouble;
  readonly #datastore: Datastore;
  readonly #world: World;
  readonly #providers: readonly JournalingProvider[];
  readonly #callerMs: number[] = [];

  constructor(stage: Stage, trouble: Trouble, datastore: Datastore) {
    this.#trouble = trouble;
    this.#datastore = datastore;
    // Nobody asks what time it is before there is a world.
    const clock: Clock = {
      now: () => this.#world.clock.now(),
      schedule: (atMs, run) => this.#world.clock.schedule(atMs, run),
    };
    this.#providers = ['email', 'sms'].map((name) => new JournalingProvider(name, clock));
    const interceptors = trouble.interceptors?.(clock);
    this.#world = createWorld({
      startMs: dayStartMs,
      ...optionsOf(stage),
      templates: stage.templates,
      datastore,
      channels: this.#providers,
      delivery: { retry: defaultRetryPolicy },
      ...(interceptors && { interceptors }),
    });
  }

  async playDay(): Promise<ShopRun> {
    const { email = {}, deadReceiver, strayMessages = [] } = this.#trouble;
    const world = this.#world;
    await world.architecture.start();
    const [mail] = this.#providers;
    if (mail !== undefined) mail.faults = email;
    if (mail !== undefined && deadReceiver !== undefined) mail.deadReceiver = deadReceiver;
    for (const [index, command] of shopDay.entries()) {
      const atMs = dayStartMs + index * gapMs;
      if (atMs > world.clock.now()) await world.advanceTo(atMs);
      if (index === 1 && strayMessages.length > 0) await world.bus.publish(strayMessages as never);
      await this.#give(command);
      await world.architecture.settle();
    }
    await world.finish();
    await this.#redriveAll();
    await world.close();
    return {
      taken: this.#providers.flatMap(({ journal }) => journal),
      overtaken: await countOvertaken(this.#datastore),
      callerMs: this.#callerMs,
    };
  }

  async #give(command: Command): Promise<void> {
    const { clock, architecture } = this.#world;
    const givenMs = clock.now();
    const times = this.#trouble.isGivenTwice === true ? 2 : 1;
    const answers = Array.from({ length: times }, () => execute(architecture.services, command));
    const [first, ...others] = await this.#world.during(Promise.allSettled(answers));
    if (first?.status === 'rejected') throw first.reason;
    // The second of two is refused when the first has taken effect.
    for (const other of others)
      if (other.status === 'rejected' && !(other.reason instanceof DomainError)) throw other.reason;
    this.#callerMs.push(clock.now() - givenMs);
  }

  /** What was given up waits for a person, who sends it on its way again when all is well. */
  async #redriveAll(): Promise<void> {
    const wellMs = dayStartMs + redrivenAfterMs;
    if (wellMs > this.#world.clock.now()) await this.#world.advanceTo(wellMs);
    const dead = await this.#datastore.ledger.deadLetters({ limit: 1000 });
    for (const { delivery } of dead) await this.#world.architecture.redrive(delivery);
    await this.#world.finish();
  }
}

async function countOvertaken({ statistics }: Datastore): Promise<number> {
  const { groups } = await statistics.deliveries();
  return groups.reduce((sum, { reason, count }) => (reason === 'overtaken' ? sum + count : sum), 0);
}

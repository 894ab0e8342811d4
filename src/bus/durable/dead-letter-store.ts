import type { ConsumptionStore, KeptDeadMessage } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { DeadLetter } from '../contract.ts';
import { letterNumber, toDeadLetter } from '../dead-letter.ts';
import { UnknownDeadLetterError } from '../errors.ts';

export interface DeadLetterStoreOptions {
  consumption: ConsumptionStore;
  /** One that makes no steps: of what is due. */
  clock: Clock;
  /** @throws {InvalidMessageError} what nobody can be given. */
  parse(input: unknown): Message;
}

/** The dead letters of the durable bus, for a person to look at and decide about. */
export class DeadLetterStore {
  readonly #options: DeadLetterStoreOptions;

  constructor(options: DeadLetterStoreOptions) {
    this.#options = options;
  }

  /** Oldest first: the latest, or those that follow the letter of this id. */
  async list(limit: number, after: string | undefined): Promise<readonly DeadLetter[]> {
    const { consumption } = this.#options;
    const letters =
      after === undefined
        ? consumption.deadMessages(limit)
        : consumption.deadMessagesAfter(letterNumber(after) ?? 0, limit);
    return (await letters).map(toDeadLetter);
  }

  async find(id: string): Promise<DeadLetter> {
    return toDeadLetter(await this.#require(id));
  }

  /** Puts the message back where it failed: to its subscriber, or into the log as a new one. */
  async redrive(id: string): Promise<void> {
    const { consumption, clock, parse } = this.#options;
    const dead = await this.#require(id);
    const isBack =
      dead.subscriber === null
        ? await consumption.readmit(dead.id, parse(JSON.parse(dead.message)))
        : await consumption.redrive(dead.id, clock.now());
    if (!isBack) throw new UnknownDeadLetterError(id);
  }

  async discard(id: string): Promise<void> {
    const { consumption } = this.#options;
    const number = letterNumber(id);
    if (number === undefined || !(await consumption.discard(number))) throw new UnknownDeadLetterError(id);
  }

  async #require(id: string): Promise<KeptDeadMessage> {
    const number = letterNumber(id);
    const dead = number === undefined ? undefined : await this.#options.consumption.deadMessage(number);
    if (dead === undefined) throw new UnknownDeadLetterError(id);
    return dead;
  }
}

import type { ConsumptionStore } from '../../datastore/index.ts';
import { type Logger, messageOf } from '../../kernel/index.ts';
import type { Consumer } from './consumer.ts';

export interface RegistrationOptions {
  consumption: ConsumptionStore;
  /** Whether this bus consumes; otherwise whoever registers has a place in the log, and is given nothing. */
  isConsuming: boolean;
  /**
   * Becomes one of those who may consume from the datastore.
   * @throws {AlreadyConsumedError} another process does.
   */
  join(): Promise<void>;
  logger: Logger;
}

interface Pending {
  /** Who goes by the same name and has to finish first. */
  readonly predecessors: Promise<unknown>;
  attempt: Promise<void> | undefined;
  /** It has unsubscribed: nobody tries again. */
  hasLeft: boolean;
}

/**
 * Registers consumers: each is given a place in the log, once the bus may consume from the datastore.
 * One that could not be registered is tried again whenever somebody waits for it.
 */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #pending = new Map<Consumer, Pending>();

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** Registers it as soon as possible, and starts it when its predecessors have finished. */
  register(consumer: Consumer, predecessors: Promise<unknown>): void {
    this.#pending.set(consumer, { predecessors, attempt: undefined, hasLeft: false });
    this.#tryToRegister(consumer).catch((thrown) => {
      const fields = { subscriber: consumer.name, reason: messageOf(thrown) };
      this.#options.logger.error(fields, 'a subscriber is given nothing');
    });
  }

  /** It leaves. While it is being let in its place is waited for all the same: whoever comes back by its name goes on there. */
  forget(consumer: Consumer): void {
    const pending = this.#pending.get(consumer);
    if (pending?.attempt === undefined) this.#pending.delete(consumer);
    else pending.hasLeft = true;
  }

  /** Resolves when everybody is registered, rejects when somebody cannot be; undefined when all are. */
  ready(): Promise<unknown> | undefined {
    if (this.#pending.size === 0) return undefined;
    return Promise.all([...this.#pending.keys()].map((consumer) => this.#tryToRegister(consumer)));
  }

  /** Resolves when nothing is under way any more. @param onRefused told of each that has found no place */
  async end(onRefused: (consumer: Consumer) => void = () => {}): Promise<void> {
    await Promise.allSettled([...this.#pending.values()].map(({ attempt }) => attempt));
    for (const consumer of this.#pending.keys()) onRefused(consumer);
    this.#pending.clear();
  }

  /** Nobody is to be registered any more. */
  abandon(): void {
    this.#pending.clear();
  }

  #tryToRegister(consumer: Consumer): Promise<void> {
    const pending = this.#pending.get(consumer);
    if (pending === undefined) return Promise.resolve();
    pending.attempt ??= this.#enroll(consumer, pending).finally(() => {
      pending.attempt = undefined;
      if (pending.hasLeft) this.#pending.delete(consumer);
    });
    return pending.attempt;
  }

  async #enroll(consumer: Consumer, { predecessors }: Pending): Promise<void> {
    const { consumption, isConsuming, join } = this.#options;
    await join();
    await consumption.enter(consumer.name);
    if (!this.#pending.delete(consumer)) return;
    if (isConsuming) void predecessors.then(() => consumer.start());
    else void consumer.stop();
  }
}

import type { Datastore } from '../../datastore/index.ts';
import { type Logger, messageOf } from '../../kernel/index.ts';
import type { Consumer } from './consumer.ts';

export interface RegistrationOptions {
  datastore: Pick<Datastore, 'claimConsumption' | 'consumption'>;
  logger: Logger;
}

interface Pending {
  /** Who goes by the same name and has to finish first. */
  readonly predecessors: Promise<unknown>;
  attempt: Promise<void> | undefined;
}

/**
 * Registers consumers: the first takes the claim on the datastore, and each is given a place in the log.
 * One that could not be registered is tried again whenever somebody waits for it.
 */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #pending = new Map<Consumer, Pending>();
  #claim: Promise<() => void> | undefined;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** Registers it as soon as possible, and starts it when its predecessors have finished. */
  register(consumer: Consumer, predecessors: Promise<unknown>): void {
    this.#pending.set(consumer, { predecessors, attempt: undefined });
    this.#tryToRegister(consumer).catch((thrown) => {
      const fields = { subscriber: consumer.name, reason: messageOf(thrown) };
      this.#options.logger.error(fields, 'a subscriber is given nothing');
    });
  }

  forget(consumer: Consumer): void {
    this.#pending.delete(consumer);
  }

  /** Resolves when everybody is registered, rejects when somebody cannot be; undefined when all are. */
  ready(): Promise<unknown> | undefined {
    if (this.#pending.size === 0) return undefined;
    return Promise.all([...this.#pending.keys()].map((consumer) => this.#tryToRegister(consumer)));
  }

  /** @throws {AlreadyConsumedError} when another bus consumes from the datastore. */
  async claim(): Promise<void> {
    this.#claim ??= this.#options.datastore.claimConsumption();
    try {
      await this.#claim;
    } catch (thrown) {
      this.#claim = undefined;
      throw thrown;
    }
  }

  /** Gives the claim back, once nothing is under way any more. */
  async release(): Promise<void> {
    await Promise.allSettled([...this.#pending.values()].map(({ attempt }) => attempt));
    this.#pending.clear();
    const release = await this.#claim;
    this.#claim = undefined;
    release?.();
  }

  #tryToRegister(consumer: Consumer): Promise<void> {
    const pending = this.#pending.get(consumer);
    if (pending === undefined) return Promise.resolve();
    pending.attempt ??= this.#enroll(consumer, pending).finally(() => {
      pending.attempt = undefined;
    });
    return pending.attempt;
  }

  async #enroll(consumer: Consumer, { predecessors }: Pending): Promise<void> {
    await this.claim();
    await this.#options.datastore.consumption.enter(consumer.name);
    if (!this.#pending.delete(consumer)) return;
    void predecessors.then(() => consumer.start());
  }
}

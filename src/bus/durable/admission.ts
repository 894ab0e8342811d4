import type { Datastore } from '../../datastore/index.ts';
import { type Logger, messageOf } from '../../kernel/index.ts';
import type { Consumer } from './consumer.ts';

export interface AdmissionOptions {
  datastore: Pick<Datastore, 'claimConsumption' | 'consumption'>;
  logger: Logger;
}

interface Applicant {
  /** Who goes by the same name and has to finish first. */
  readonly predecessors: Promise<unknown>;
  attempt: Promise<void> | undefined;
}

/**
 * Lets consumers in: the first takes the claim on the datastore, and each is entered with a place in the log.
 * One that could not be let in is tried again whenever somebody waits for it.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #outside = new Map<Consumer, Applicant>();
  #claim: Promise<() => void> | undefined;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** Lets it in as soon as possible, and starts it when its predecessors have finished. */
  admit(consumer: Consumer, predecessors: Promise<unknown>): void {
    this.#outside.set(consumer, { predecessors, attempt: undefined });
    this.#letIn(consumer).catch((thrown) => {
      const fields = { subscriber: consumer.name, reason: messageOf(thrown) };
      this.#options.logger.error(fields, 'a subscriber is given nothing');
    });
  }

  forget(consumer: Consumer): void {
    this.#outside.delete(consumer);
  }

  /** Resolves when everybody is in, rejects when somebody cannot be let in; undefined when all are. */
  ready(): Promise<unknown> | undefined {
    if (this.#outside.size === 0) return undefined;
    return Promise.all([...this.#outside.keys()].map((consumer) => this.#letIn(consumer)));
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
    await Promise.allSettled([...this.#outside.values()].map(({ attempt }) => attempt));
    this.#outside.clear();
    const release = await this.#claim;
    this.#claim = undefined;
    release?.();
  }

  #letIn(consumer: Consumer): Promise<void> {
    const applicant = this.#outside.get(consumer);
    if (applicant === undefined) return Promise.resolve();
    applicant.attempt ??= this.#enter(consumer, applicant).finally(() => {
      applicant.attempt = undefined;
    });
    return applicant.attempt;
  }

  async #enter(consumer: Consumer, { predecessors }: Applicant): Promise<void> {
    await this.claim();
    await this.#options.datastore.consumption.enter(consumer.name);
    if (!this.#outside.delete(consumer)) return;
    void predecessors.then(() => consumer.start());
  }
}

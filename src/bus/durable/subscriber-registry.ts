import { DuplicateSubscriberError, UnknownSubscriberError } from '../errors.ts';
import type { AnySubscriber } from '../invoke.ts';
import { Consumer } from './consumer.ts';
import type { ConsumerContext } from './consumer-context.ts';
import { Registration, type RegistrationOptions } from './registration.ts';

export interface SubscriberRegistryOptions extends RegistrationOptions {
  context: ConsumerContext;
}

/** Who subscribes, from asking to be registered until the last message in hand is committed. */
export class SubscriberRegistry {
  readonly #options: SubscriberRegistryOptions;
  readonly #registration: Registration;
  readonly #consumers = new Map<string, Consumer>();
  /** Who has unsubscribed, and may have a message in hand still. */
  readonly #leaving = new Set<Consumer>();

  constructor(options: SubscriberRegistryOptions) {
    this.#options = options;
    this.#registration = new Registration(options);
  }

  get isEmpty(): boolean {
    return this.#consumers.size === 0;
  }

  get subscribers(): readonly AnySubscriber[] {
    return [...this.#consumers.values()].map(({ subscriber }) => subscriber);
  }

  /** @returns what ends the subscription. */
  subscribe(subscriber: AnySubscriber): () => void {
    const { name } = subscriber;
    if (this.#consumers.has(name)) throw new DuplicateSubscriberError(name);
    const consumer = new Consumer(subscriber, this.#options.context);
    const predecessors = [...this.#leaving].filter((other) => other.name === name);
    this.#consumers.set(name, consumer);
    this.#registration.register(consumer, Promise.all(predecessors.map((other) => other.leave())));
    // Called twice, it must leave a successor under the same name alone.
    return () => {
      if (this.#consumers.get(name) === consumer) this.#unsubscribe(consumer);
    };
  }

  /** Resolves when all who asked are registered; undefined when there is nothing to wait for. */
  ready(): Promise<unknown> | undefined {
    return this.#registration.ready();
  }

  wake(head: number): void {
    for (const consumer of this.#consumers.values()) consumer.wake(head);
  }

  takeDueRetries(): void {
    for (const consumer of this.#consumers.values()) consumer.takeDueRetries();
  }

  takeAllDueRetries(): void {
    for (const consumer of this.#consumers.values()) consumer.takeAllDueRetries();
  }

  /** The datastore may be available again. */
  resume(): void {
    for (const consumer of this.#consumers.values()) consumer.resume();
  }

  /** See `DurableEventBus.replay`. */
  async replay(name: string, fromPosition: number): Promise<void> {
    await this.#registration.ready();
    await this.#rewind(name, fromPosition);
  }

  /** Nobody begins anything older than this moment, in which the log reaches to `head`; who is being let in, is. */
  finish(head: number | undefined): void {
    for (const consumer of this.#consumers.values()) consumer.finish(head);
    void this.#registration.end((refused) => void refused.leave());
  }

  /** Nobody begins anything. */
  async end(): Promise<void> {
    for (const consumer of this.#consumers.values()) void consumer.leave();
    await this.#registration.end();
  }

  /** Nobody begins anything, and what is in hand is others'. */
  abandon(): void {
    this.#registration.abandon();
    for (const consumer of [...this.#consumers.values(), ...this.#leaving]) void consumer.leave();
    this.#consumers.clear();
  }

  #unsubscribe(consumer: Consumer): void {
    this.#consumers.delete(consumer.name);
    this.#registration.forget(consumer);
    this.#leaving.add(consumer);
    void consumer.leave().then(() => this.#leaving.delete(consumer));
  }

  async #rewind(name: string, fromPosition: number): Promise<void> {
    const { consumption } = this.#options;
    if ((await consumption.checkpoint(name)) === undefined) throw new UnknownSubscriberError(name);
    const consumer = this.#consumers.get(name);
    await consumer?.stop();
    try {
      await consumption.rewind(name, fromPosition);
    } finally {
      // Unless it has unsubscribed meanwhile.
      if (consumer !== undefined && this.#consumers.get(name) === consumer) await consumer.start();
    }
  }
}

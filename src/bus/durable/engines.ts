import { AlreadyConsumedError, type WorkLease } from '../../datastore/index.ts';
import type { InFlightCounter } from '../../kernel/index.ts';
import type { AnySubscriber } from '../invoke.ts';
import type { Engine } from './engine.ts';

export interface EnginesOptions {
  lease: WorkLease;
  /** One that consumes under this token; without, one that only publishes. */
  engineFor(token?: number): Engine;
  inFlight: InFlightCounter;
}

/**
 * The engine of a bus: a new one whenever the lease comes or goes, as there is after a restart. Whatever the old one has in
 * hand is not its own to acknowledge any more.
 */
export class Engines {
  readonly #options: EnginesOptions;
  readonly #subscriptions = new Map<string, { readonly subscriber: AnySubscriber; end: () => void }>();
  readonly #leaveLease: () => void;
  #now: Engine;
  /** Nothing is begun any more. */
  #isFinishing = false;
  #isClosing = false;

  constructor(options: EnginesOptions) {
    const { lease, engineFor, inFlight } = options;
    this.#options = options;
    this.#now = engineFor();
    this.#leaveLease = lease.use({
      inFlight,
      held: (token) => this.#consume(token),
      lost: () => this.#change(engineFor()),
      told: () => this.#now.lookAgain(),
    });
  }

  get now(): Engine {
    return this.#now;
  }

  /** It, once it is certain that the lease is still held under which it consumes. */
  certain(): Engine | Promise<Engine> {
    const { lease } = this.#options;
    const token = lease.token === undefined ? undefined : lease.ensure();
    return token instanceof Promise ? token.then(() => this.#now) : this.#now;
  }

  /** Resolves when all who subscribed have their place in the log; undefined when they have. */
  ready(): Promise<unknown> | undefined {
    return this.#now.ready();
  }

  /** @returns what ends the subscription. */
  subscribe(subscriber: AnySubscriber): () => void {
    const { name } = subscriber;
    const subscription = { subscriber, end: this.#now.subscribe(subscriber) };
    this.#subscriptions.set(name, subscription);
    return () => {
      if (this.#subscriptions.get(name) === subscription) this.#subscriptions.delete(name);
      subscription.end();
    };
  }

  async settle(): Promise<void> {
    for (let engine: Engine | undefined; engine !== this.#now; ) {
      engine = await this.certain();
      await engine.settle();
    }
  }

  /** @throws {AlreadyConsumedError} another bus consumes from the datastore. */
  async replay(subscriber: string, fromPosition: number): Promise<void> {
    if ((await this.#options.lease.ensure()) === undefined) throw new AlreadyConsumedError('the datastore');
    await this.#now.replay(subscriber, fromPosition);
  }

  async finishInHand(): Promise<void> {
    this.#isFinishing = true;
    await this.#now.finishInHand();
  }

  async close(): Promise<void> {
    this.#isFinishing = this.#isClosing = true;
    try {
      await this.#now.close();
    } finally {
      this.#leaveLease();
    }
  }

  async #consume(token: number): Promise<void> {
    if (this.#isFinishing) return;
    this.#change(this.#options.engineFor(token));
    await this.#now.ready();
  }

  #change(engine: Engine): void {
    const before = this.#now;
    this.#now = engine;
    if (!this.#isClosing)
      for (const subscription of this.#subscriptions.values())
        subscription.end = engine.subscribe(subscription.subscriber);
    before.abandon();
  }
}

import { type Datastore, WorkLease } from '../../datastore/index.ts';
import type { Catalogue, Message, MessageOf, MessagesOf } from '../../events/index.ts';
import {
  type Clock,
  defaultRetryPolicy,
  InFlightCounter,
  InputError,
  type Logger,
  type Random,
  type RetryPolicy,
  silentLogger,
  steadyClock,
} from '../../kernel/index.ts';
import type { BusCapabilities, DeadLetter, EventBus, StateReader, Subscriber } from '../contract.ts';
import { BusClosedError } from '../errors.ts';
import type { AnySubscriber } from '../invoke.ts';
import { parseFrozen } from '../parse-frozen.ts';
import { partition } from '../partition.ts';
import { checkSettings } from '../settings.ts';
import { DeadLetterStore } from './dead-letter-store.ts';
import { Engine } from './engine.ts';
import { Engines } from './engines.ts';

export interface DurableEventBusOptions<C extends Catalogue> {
  /** The messages that may be published. */
  catalogue: C;
  clock: Clock;
  /** Has the log, and all that the bus remembers. The caller's, who closes it after the bus. */
  datastore: Datastore;
  /** Spreads the retries. */
  random: Random;
  /** When a message that failed is tried again; what is left out has its default. */
  retry?: Partial<RetryPolicy>;
  logger?: Logger;
  /** How many subjects each subscriber may have in hand at once. Default 1,024. */
  concurrency?: number;
  /** How long a worker that says nothing keeps what it has in hand, milliseconds. Default 30,000. */
  leaseMs?: number;
  /**
   * Told of each dead letter once it is committed; not again after a crash. What it throws is logged, and changes
   * nothing; `settle` waits for what it promises.
   */
  onDeadLetter?: (letter: DeadLetter) => void | Promise<void>;
}

/**
 * The log in the datastore is the truth, and each subscriber has a checkpoint in it.
 *
 * A message is published once it is committed; one that the log holds already, because a service logged it with
 * its own change or because it was published before, is not doubled. What becomes of messages is committed in
 * groups: checkpoints, what the handlers emitted, retries and dead letters, in one transaction. A process that
 * dies goes on where it was: nothing is lost, and only what was handled and not committed is handled again.
 *
 * A new subscriber begins at the end of the log; one whose name is known goes on at its checkpoint, and is given
 * what was published while it was away. A message that fails waits for its retry in the datastore, while those
 * behind it go on. Messages that were logged and not published, by other processes too, are noticed with the
 * next that is published here, and by `settle`.
 *
 * Of several buses on one datastore, the one that holds the lease consumes. The others publish, and their subscribers
 * stand by: they go on where those of the first stopped, when it has closed or its lease has run out. A bus whose lease
 * is lost acknowledges nothing more of what it had in hand. A file is consumed by one process at a time: once a bus of a
 * second one has subscribers, its `publish` and `settle` reject with an {@link AlreadyConsumedError}. A bus that
 * only publishes is never refused.
 *
 * While the datastore cannot be written, nothing is acknowledged, and what was handled is not handled again: its
 * commit is tried again every five seconds, and by `publish` and `settle`, which reject as long as that fails.
 */
export class DurableEventBus<C extends Catalogue> implements EventBus<MessagesOf<C>> {
  readonly capabilities: BusCapabilities = {
    durable: true,
    retries: true,
    outbox: true,
    ordersAcrossWorkers: true,
  };
  readonly #clock: Clock;
  readonly #parse: (input: unknown) => Message;
  readonly lease: WorkLease;
  readonly #engines: Engines;
  readonly inFlight = new InFlightCounter();
  readonly #deadLetters: DeadLetterStore;
  #closing: Promise<void> | undefined;

  /** @throws {BadBusSettingError} */
  constructor(options: DurableEventBusOptions<C>) {
    const { catalogue, clock, datastore, random, logger = silentLogger, concurrency = 1024 } = options;
    const parse = (input: unknown): Message => parseFrozen(catalogue, input);
    const policy = { ...defaultRetryPolicy, ...options.retry };
    checkSettings({ concurrency, retry: policy });
    const { onDeadLetter, leaseMs } = options;
    this.#clock = clock;
    this.#parse = parse;
    const { inFlight } = this;
    const lease = new WorkLease({ datastore, clock, logger, ...(leaseMs !== undefined && { leaseMs }) });
    this.lease = lease;
    const ready = (): Promise<unknown> | undefined => this.#engines.ready();
    const steady = steadyClock(clock);
    const ports = {
      clock,
      steadyClock: steady,
      datastore,
      random,
      policy,
      logger,
      concurrency,
      onDeadLetter,
      parse,
    };
    const engineFor = (token?: number): Engine => new Engine({ ...ports, lease, token, inFlight, ready });
    this.#engines = new Engines({ lease, engineFor, inFlight });
    this.#deadLetters = new DeadLetterStore({ consumption: datastore.consumption, clock: steady, parse });
  }

  /**
   * Not to be awaited inside a transaction of the same datastore, which would wait for itself.
   * @throws {DatastoreUnavailableError} nothing was published; the same can be published again.
   */
  async publish(messages: readonly MessageOf<MessagesOf<C>>[]): Promise<void> {
    this.#throwIfClosed();
    if (messages.length === 0) return;
    const { accepted, refused } = partition(this.#parse, messages, this.#clock.now());
    const engine = this.#engines.certain();
    await (engine instanceof Promise ? await engine : engine).publish(accepted, refused);
  }

  get states(): StateReader {
    return this.#engines.now.states;
  }

  /** Who subscribes now. */
  get subscribers(): readonly Pick<Subscriber<MessagesOf<C>>, 'name' | 'handles'>[] {
    return this.#engines.now.subscribers;
  }

  /** What it takes to begin is done in the background; `publish` and `settle` wait for it. */
  subscribe<Type extends keyof MessagesOf<C> & string>(
    subscriber: Subscriber<MessagesOf<C>, Type>,
  ): () => void {
    this.#throwIfClosed();
    return this.#engines.subscribe(subscriber as unknown as AnySubscriber);
  }

  /**
   * Resolves when nothing is in flight, every subscriber has been given all that the log holds, and no retry is
   * due. Retries that are due later are not waited for.
   * @throws {DatastoreUnavailableError} what was handled could not be committed; it will be tried again.
   */
  async settle(): Promise<void> {
    await this.#engines.settle();
  }

  /**
   * See `close`, behind which another bus may consume; here nobody may yet.
   * @throws {DatastoreUnavailableError} what was handled could not be committed; it will be tried again.
   */
  async finishInHand(): Promise<void> {
    await this.#engines.finishInHand();
  }

  /**
   * The latest, oldest first. With `after`, those that follow the letter of that id, which may be gone: from
   * `message-0` on they are all, page by page.
   */
  async deadLetters({
    limit = 1000,
    after,
  }: {
    limit?: number;
    after?: string;
  } = {}): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.list(limit, after);
  }

  /** @throws {UnknownDeadLetterError} */
  async deadLetter(id: string): Promise<DeadLetter> {
    return this.#deadLetters.find(id);
  }

  /**
   * Hands a dead message to its subscriber again, with all its attempts again; one that was refused before any
   * subscriber is published again. Should it fail again, it is a new dead letter.
   * @throws {UnknownDeadLetterError}
   * @throws {InvalidMessageError} it still fits no schema, and stays where it is.
   */
  async redrive(id: string): Promise<void> {
    this.#throwIfClosed();
    await this.#engines.ready();
    await this.#deadLetters.redrive(id);
    if (this.lease.token === undefined) this.lease.tellHolder();
    else this.#engines.now.lookAgain();
  }

  /**
   * Forgets a dead letter.
   * @throws {UnknownDeadLetterError}
   */
  async discard(id: string): Promise<void> {
    await this.#deadLetters.discard(id);
  }

  /**
   * Hands a subscriber, who may be away, everything from a position of the log on again; its retries and dead
   * letters from there on are given up, since their messages come again. What it keeps stays as it is. Waits for what it has in hand.
   * @throws {UnknownSubscriberError}
   * @throws {AlreadyConsumedError} when another bus consumes from the datastore.
   */
  async replay(subscriberName: string, { fromPosition }: { fromPosition: number }): Promise<void> {
    this.#throwIfClosed();
    if (!Number.isSafeInteger(fromPosition) || fromPosition < 1) {
      const message = `the log has no position ${fromPosition}`;
      throw new InputError({ message, help: 'Positions are whole numbers from 1.' });
    }
    await this.#engines.replay(subscriberName, fromPosition);
  }

  /**
   * Finishes the messages whose handlers have begun. What those emit is handled too, by subscribers that have
   * nothing older left to do; everything else stays in the log for the next start, as do retries. Then another
   * bus may consume.
   * @throws {DatastoreUnavailableError} what was handled could not be committed, and will be handled again.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#engines.close();
    } finally {
      await this.lease.end();
    }
  }

  #throwIfClosed(): void {
    if (this.#closing !== undefined) throw new BusClosedError();
  }
}

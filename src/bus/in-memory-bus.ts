import type { Catalogue, Message, MessageOf, MessagesOf } from '../events/index.ts';
import {
  type Clock,
  createObserver,
  defaultRetryPolicy,
  InFlightCounter,
  type Logger,
  type Random,
  retryDelayMs,
  silentLogger,
  steadyClock,
  systemRandom,
} from '../kernel/index.ts';
import { connect } from './connect.ts';
import { type DeadLetter, type EventBus, noPromises, type StateReader, type Subscriber } from './contract.ts';
import { logDeadLetter, untold } from './dead-letter.ts';
import { DelayedLetters } from './delayed-letters.ts';
import { BusClosedError, DuplicateSubscriberError, PutOffError, UnknownSubscriberError } from './errors.ts';
import { InMemoryDeadLetters } from './in-memory-dead-letters.ts';
import type { Subscription } from './in-memory-subscription.ts';
import { InMemoryTimers } from './in-memory-timers.ts';
import { type AnySubscriber, type Handled, invoke } from './invoke.ts';
import { KeptStates } from './kept-states.ts';
import { type Letter, Mailbox } from './mailbox.ts';
import { mitt } from './mitt.ts';
import { parseFrozen } from './parse-frozen.ts';
import { checkSettings } from './settings.ts';

export interface InMemoryEventBusOptions<C extends Catalogue> {
  /** The messages that may be published. */
  catalogue: C;
  clock: Clock;
  logger?: Logger;
  /** How many messages each subscriber may have in hand at once. Default 256. */
  concurrency?: number;
  /** How many message ids each subscriber remembers, to recognise a repetition. Default 100,000. */
  remembered?: number;
  /** How many dead letters are kept. Default 1,000. */
  deadLetterCapacity?: number;
  /** Spreads the retries of subscribers that ask for them. Default: the operating system's, which no run repeats. */
  random?: Random;
  /** Told of each dead letter. What it throws is logged, and changes nothing; `settle` waits for what it promises. */
  onDeadLetter?: (letter: DeadLetter) => void | Promise<void>;
}

/**
 * mitt dispatches by type and `*`; each subscriber has a mailbox, so that a slow one holds up no other.
 * Nothing survives the process: what is in a mailbox when it dies is lost, and a message whose handler
 * throws is a dead letter at once, unless its subscriber asks for retries. Mailboxes have no limit: who publishes faster than is handled pays in
 * memory.
 */
export class InMemoryEventBus<C extends Catalogue> implements EventBus<MessagesOf<C>> {
  readonly capabilities = noPromises;
  readonly #options: Required<InMemoryEventBusOptions<C>>;
  readonly #emitter = mitt<Record<string, Message>>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #deadLetters: InMemoryDeadLetters;
  readonly inFlight = new InFlightCounter();
  /** Of messages that wait in a mailbox, or whose handler is at work. */
  readonly #own = new InFlightCounter(this.inFlight);
  /** Of messages that wait on the clock for their next attempt. */
  readonly #delayed = new InFlightCounter();
  readonly #states = new KeptStates();
  readonly #timers: InMemoryTimers;
  readonly #steadyClock: Clock;
  readonly states: StateReader = this.#states.reader();
  readonly #tell: (letter: DeadLetter) => Promise<void> | undefined;
  #isClosed = false;

  /** @throws {BadBusSettingError} */
  constructor(options: InMemoryEventBusOptions<C>) {
    const defaults = {
      logger: silentLogger,
      concurrency: 256,
      remembered: 100_000,
      deadLetterCapacity: 1000,
      random: systemRandom(),
      onDeadLetter: () => {},
    };
    this.#options = { ...defaults, ...options };
    const { concurrency, remembered, deadLetterCapacity, onDeadLetter: tell, logger } = this.#options;
    checkSettings({ concurrency, remembered, deadLetterCapacity });
    this.#deadLetters = new InMemoryDeadLetters(deadLetterCapacity);
    this.#steadyClock = steadyClock(this.#options.clock);
    this.#timers = new InMemoryTimers(this.#options.clock, (message) => this.#accept([message]));
    this.#tell = createObserver({ tell, logger, words: untold, about: ({ id }) => ({ id }) });
  }

  async publish(messages: readonly MessageOf<MessagesOf<C>>[]): Promise<void> {
    if (this.#isClosed) throw new BusClosedError();
    this.#accept(messages);
  }

  subscribe<Type extends keyof MessagesOf<C> & string>(
    subscriber: Subscriber<MessagesOf<C>, Type>,
  ): () => void {
    if (this.#isClosed) throw new BusClosedError();
    const { name, concurrency = this.#options.concurrency, retry } = subscriber;
    if (this.#subscriptions.has(name)) throw new DuplicateSubscriberError(name);
    checkSettings({ concurrency, retry });
    const mailbox = new Mailbox({
      handle: (letter) => this.#handle(subscription, letter),
      concurrency,
      remembered: this.#options.remembered,
      inFlight: this.#own,
    });
    const subscription: Subscription = {
      subscriber: subscriber as unknown as AnySubscriber,
      mailbox,
      delayed: new DelayedLetters(this.#steadyClock, this.#delayed),
    };
    this.#subscriptions.set(name, subscription);
    const disconnect = connect(this.#emitter, subscriber.handles, mailbox);
    return () => {
      disconnect();
      // Called twice, it must leave a successor under the same name alone.
      if (this.#subscriptions.get(name) === subscription) this.#subscriptions.delete(name);
      mailbox.clear();
      this.#giveUpDelayed(subscription);
    };
  }

  async settle(): Promise<void> {
    await this.#own.idle();
  }

  finishInHand(): Promise<void> {
    return this.settle();
  }

  /** Resolves when no message waits for a retry either: the clock has to move meanwhile. */
  async finish(): Promise<void> {
    do {
      await this.#own.idle();
      await this.#delayed.idle();
    } while (this.#own.count > 0 || this.#delayed.count > 0);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.list();
  }

  async redrive(id: string): Promise<void> {
    if (this.#isClosed) throw new BusClosedError();
    const { subscriber, message, firstFailedAtMs } = this.#deadLetters.find(id);
    if (subscriber === null) {
      const parsed = parseFrozen(this.#options.catalogue, message);
      this.#deadLetters.remove(id);
      this.#emitter.emit(parsed.type, parsed);
      return;
    }
    const subscription = this.#subscriptions.get(subscriber);
    if (subscription === undefined) throw new UnknownSubscriberError(subscriber);
    this.#deadLetters.remove(id);
    subscription.mailbox.putAgain({ message: message as Message, attempt: 1, firstFailedAtMs });
  }

  async discard(id: string): Promise<void> {
    this.#deadLetters.remove(id);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timers.close();
    await this.settle();
    for (const subscription of this.#subscriptions.values()) this.#giveUpDelayed(subscription);
    await this.settle();
  }

  /** Open after `close` too: what handlers in hand emit belongs to what is in hand. */
  #accept(messages: readonly unknown[]): void {
    for (const input of messages) {
      try {
        const message = parseFrozen(this.#options.catalogue, input);
        this.#emitter.emit(message.type, message);
      } catch (thrown) {
        this.#refuse(input, thrown);
      }
    }
  }

  /** At once, where the subscriber is through at once: a promise for each message would take longer than most handlers. */
  #handle(subscription: Subscription, letter: Letter): void | Promise<void> {
    const { message, attempt } = letter;
    try {
      const handled = invoke(subscription.subscriber, message, { attempt, states: this.#states });
      if (handled instanceof Promise)
        return handled
          .then((come) => this.#conclude(subscription, letter, come))
          .catch((thrown) => this.#failed(subscription, letter, thrown));
      this.#conclude(subscription, letter, handled);
    } catch (thrown) {
      this.#failed(subscription, letter, thrown);
    }
  }

  #conclude({ subscriber }: Subscription, letter: Letter, { emitted, givenUp, timers }: Handled): void {
    if (timers.length > 0) this.#timers.apply(subscriber.name, timers);
    if (emitted.length > 0) this.#accept(emitted);
    if (givenUp !== undefined) this.#moveToDeadLetters(subscriber.name, letter, givenUp.thrown);
  }

  #failed({ subscriber, mailbox, delayed }: Subscription, letter: Letter, thrown: unknown): void {
    const { name, retry } = subscriber;
    const { clock, random } = this.#options;
    const policy = { ...defaultRetryPolicy, ...retry };
    const hasLeft = this.#subscriptions.get(name)?.mailbox !== mailbox;
    const isPutOff = thrown instanceof PutOffError;
    const isLast = !isPutOff && (retry === undefined || letter.attempt >= policy.maxAttempts);
    if (isLast || hasLeft || this.#isClosed) {
      this.#moveToDeadLetters(name, letter, thrown);
      return;
    }
    const { attempt, firstFailedAtMs = clock.now() } = letter;
    const next = isPutOff ? attempt : attempt + 1;
    const run = (): void => mailbox.putAgain({ ...letter, attempt: next, firstFailedAtMs });
    const dueAtMs = isPutOff
      ? thrown.untilMs
      : this.#steadyClock.now() + retryDelayMs(policy, attempt, random);
    delayed.add({ ...letter, firstFailedAtMs }, thrown, { dueAtMs, run });
  }

  /** Whoever waits for a retry that nobody would make any more is a dead letter. */
  #giveUpDelayed({ subscriber, delayed }: Subscription): void {
    for (const { letter, thrown } of delayed.takeAll())
      this.#moveToDeadLetters(subscriber.name, letter, thrown);
  }

  #moveToDeadLetters(
    subscriber: string,
    { message, attempt, firstFailedAtMs }: Letter,
    thrown: unknown,
  ): void {
    const nowMs = this.#options.clock.now();
    const failed = { attempts: attempt, firstFailedAtMs: firstFailedAtMs ?? nowMs, lastFailedAtMs: nowMs };
    this.#announce(this.#deadLetters.add(message, thrown, { subscriber, ...failed }));
  }

  #refuse(message: unknown, thrown: unknown): void {
    const nowMs = this.#options.clock.now();
    const refused = { subscriber: null, attempts: 0, firstFailedAtMs: nowMs, lastFailedAtMs: nowMs };
    this.#announce(this.#deadLetters.add(message, thrown, refused));
  }

  #announce(letter: DeadLetter): void {
    logDeadLetter(this.#options.logger, letter);
    const told = this.#tell(letter);
    if (told !== undefined) void this.#own.during(told);
  }
}

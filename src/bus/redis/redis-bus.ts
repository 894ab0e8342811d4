import type { Catalogue, Message, MessageOf, MessagesOf } from '../../events/index.ts';
import {
  type Clock,
  createObserver,
  InFlightCounter,
  type Logger,
  silentLogger,
  steadyClock,
} from '../../kernel/index.ts';
import type { BusCapabilities, DeadLetter, EventBus, StateReader, Subscriber } from '../contract.ts';
import { logDeadLetter, untold } from '../dead-letter.ts';
import { BusClosedError } from '../errors.ts';
import type { AnySubscriber } from '../invoke.ts';
import { Outage } from '../outage.ts';
import { parseFrozen } from '../parse-frozen.ts';
import { partition } from '../partition.ts';
import type { Broker } from './broker.ts';
import { Consumers } from './consumers.ts';
import { BrokerDeadLetters, letterOf } from './dead-letters.ts';
import { DuePoller } from './due-poller.ts';
import { type Keys, keysOf } from './keys.ts';
import { enter } from './publish.ts';
import { type RedisEventBusOptions, withDefaults } from './redis-bus-options.ts';
import { firingTimers } from './scripts.ts';
import { BrokerStates } from './states.ts';
import { Waiters } from './waiters.ts';
import { Watcher } from './watcher.ts';

/**
 * A stream of Redis's for all messages, a consumer group in it for each subscriber. What becomes of a message is told to the server in one step.
 *
 * What it does not promise, and the durable bus does (ADR 0156):
 * - A service's change and its events are not one transaction: a death in between loses the events.
 * - Several workers share the messages of one subscriber, and so those of one subject: their order holds within a worker, and not
 *   across two. What a dead worker held comes after what has come since.
 * - What the server has answered for lasts as long as the server writes it down: see its README for what was lost under which setting.
 * - A repetition is recognised among the latest 100,000 messages of a subscriber, not for ever.
 *
 * A worker that says nothing for `takeOverMs` loses what it has in hand to the others; what it says of that later is not heard, though
 * what its handlers did elsewhere has been done, and is done again.
 */
export class RedisEventBus<C extends Catalogue> implements EventBus<MessagesOf<C>> {
  readonly capabilities: BusCapabilities = {
    durable: true,
    retries: true,
    outbox: false,
    ordersAcrossWorkers: false,
  };
  readonly inFlight = new InFlightCounter();
  readonly states: StateReader;
  readonly #own = new InFlightCounter(this.inFlight);
  readonly #clock: Clock;
  readonly #broker: Broker;
  readonly #keys: Keys;
  readonly #logger: Logger;
  readonly #parse: (input: unknown) => Message;
  readonly #outage: Outage;
  readonly #waiters = new Waiters();
  readonly #watcher: Watcher;
  readonly #consumers: Consumers;
  readonly #timers: DuePoller;
  readonly #deadLetters: BrokerDeadLetters;
  readonly #tell: (letter: DeadLetter) => Promise<void> | undefined;
  readonly #heedNoMore: () => void;
  #closing: Promise<void> | undefined;

  /** @throws {BadBusSettingError} */
  constructor(options: RedisEventBusOptions<C>) {
    const { catalogue, clock, broker, random, logger = silentLogger, onDeadLetter: tell } = options;
    const settings = withDefaults(options);
    this.#clock = clock;
    this.#broker = broker;
    this.#logger = logger;
    this.#keys = keysOf(broker.prefix);
    this.#parse = (input) => parseFrozen(catalogue, input);
    this.#tell = createObserver({ tell, logger, words: untold, about: ({ id }) => ({ id }) });
    const states = new BrokerStates(broker, this.#keys);
    this.states = states;
    this.#deadLetters = new BrokerDeadLetters(broker, this.#keys, this.#parse);
    const steady = steadyClock(clock);
    const onOutage = (thrown: unknown): void => this.#noteOutage(thrown);
    this.#outage = new Outage({ clock: steady, logger, of: 'broker', tryAgain: () => this.#resume() });
    const { timers, timerMessages, messages } = this.#keys;
    this.#timers = new DuePoller({
      broker,
      script: firingTimers,
      keys: [timers, timerMessages, messages],
      clock,
      inFlight: this.#own,
      onTaken: () => this.#consumers.wake(),
      onOutage,
    });
    this.#consumers = new Consumers({
      broker,
      keys: this.#keys,
      clock,
      steadyClock: steady,
      random,
      ...settings,
      states,
      inFlight: this.#own,
      parse: this.#parse,
      insist: (ask) => this.#waiters.insist(ask, onOutage),
      onOutage,
      onLostStreams: (subscriber) =>
        logger.error({ subscriber }, 'the broker has lost its streams: what was not handled is gone'),
      onDead: (number, letter) => this.#announce(letterOf(number, letter)),
      onTimer: (dueAtMs) => this.#timers.setFor(dueAtMs),
      onPublished: () => this.#consumers.wake(),
    });
    this.#watcher = new Watcher({
      broker,
      messages,
      everyMs: Math.min(Math.ceil(settings.takeOverMs / 3), 5000),
      now: () => steady.now(),
      onNews: () => this.#consumers.wake(),
      onRound: () => Promise.all([this.#consumers.tick(), this.#timers.take()]),
      onOutage,
    });
    this.#heedNoMore = broker.onReturn(() => this.#resume());
  }

  /**
   * Resolves when the broker has answered for it.
   * @throws {BrokerUnavailableError} it may be published all the same; the same can be published again.
   */
  async publish(messages: readonly MessageOf<MessagesOf<C>>[]): Promise<void> {
    this.#throwIfClosed();
    if (messages.length === 0) return;
    const parts = partition(this.#parse, messages, this.#clock.now());
    await this.#own.during(this.#publish(parts));
  }

  async #publish(parts: ReturnType<typeof partition>): Promise<void> {
    if (this.#consumers.areOutside) await this.#consumers.open();
    const entered = await enter(this.#broker, this.#keys, parts);
    for (const [number, letter] of entered) this.#announce(letterOf(number, letter));
    if (this.#outage.isThere) this.#resume();
    this.#consumers.wake();
  }

  /** It has its place with the next message that is published here; what it takes is done in the background. */
  subscribe<Type extends keyof MessagesOf<C> & string>(
    subscriber: Subscriber<MessagesOf<C>, Type>,
  ): () => void {
    this.#throwIfClosed();
    const leave = this.#consumers.subscribe(subscriber as unknown as AnySubscriber);
    void this.#timers.take();
    this.#watcher.start();
    return leave;
  }

  /**
   * Resolves when every subscriber of this bus, in whatever process, has acknowledged all that was published before, and no retry is due.
   * What a dead worker held is waited for until it is taken over. Retries that are due later are not waited for.
   * @throws {BrokerUnavailableError}
   */
  async settle(): Promise<void> {
    if (this.#outage.isThere) this.#resume();
    for (;;) {
      await this.#consumers.open();
      this.#outage.throwIfThere();
      this.#consumers.wake();
      await this.#own.idle();
      this.#outage.throwIfThere();
      if (this.#closing !== undefined || (await this.#consumers.pending()) === 0) return;
      // Another worker has some of it in hand, or had.
      await this.#watcher.round();
    }
  }

  /** The latest, oldest first. */
  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.list();
  }

  /** @throws {UnknownSubscriberError} nobody has ever subscribed under the name of whom it is for. */
  async redrive(id: string): Promise<void> {
    this.#throwIfClosed();
    await this.#own.during(this.#deadLetters.redrive(id).then(() => this.#consumers.wake()));
  }

  async discard(id: string): Promise<void> {
    await this.#deadLetters.discard(id);
  }

  /**
   * Hands a subscriber, who may be away, everything again from an entry of the stream on, `1700000000000-0`, or from a moment; its retries and
   * dead letters from there on are given up, since their messages come again. What was let go since does not come.
   * @throws {UnknownSubscriberError}
   */
  async replay(subscriberName: string, { from }: { from: string }): Promise<void> {
    this.#throwIfClosed();
    await this.#own.during(this.#consumers.replay(subscriberName, from));
  }

  /**
   * Finishes the messages whose handlers have begun. What those emit is handled too, by subscribers that have nothing older left to
   * do; everything else goes back to the broker, for others or for the next start.
   * @throws {BrokerUnavailableError} what was handled could not be acknowledged, and will be handled again.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async finishInHand(): Promise<void> {
    this.#watcher.stop();
    this.#timers.off();
    this.#consumers.finish();
    if (this.#outage.isThere) this.#resume();
    await this.#own.idle();
  }

  async #close(): Promise<void> {
    try {
      await this.finishInHand();
    } finally {
      this.#waiters.giveUp();
      this.#heedNoMore();
      await this.#consumers.end();
      this.#outage.clear();
    }
  }

  #announce(letter: DeadLetter): void {
    logDeadLetter(this.#logger, letter);
    const told = this.#tell(letter);
    if (told !== undefined) void this.#own.during(told);
  }

  #noteOutage(thrown: unknown): void {
    this.#outage.note(thrown);
    this.#own.interrupt(thrown);
    this.#watcher.interrupt(thrown);
  }

  /** The broker may be back. */
  #resume(): void {
    this.#outage.clear();
    this.#waiters.goOn();
    this.#watcher.resume();
    this.#consumers.wake();
    void this.#timers.take();
  }

  #throwIfClosed(): void {
    if (this.#closing !== undefined) throw new BusClosedError();
  }
}

import {
  type Catalogue,
  type Message,
  type MessageOf,
  type MessagesOf,
  parseMessage,
} from '../events/index.ts';
import {
  type Clock,
  createObserver,
  deepFreeze,
  InFlightCounter,
  type Logger,
  Ring,
  silentLogger,
} from '../kernel/index.ts';
import type { BusCapabilities, DeadLetter, EventBus, Subscriber } from './contract.ts';
import { errorOf, identityOf, letterId, logDeadLetter, untold } from './dead-letter.ts';
import { BusClosedError, DuplicateSubscriberError } from './errors.ts';
import { type AnySubscriber, invoke } from './invoke.ts';
import { Mailbox } from './mailbox.ts';
import { mitt } from './mitt.ts';
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
  /** Told of each dead letter. What it throws is logged, and changes nothing; `settle` waits for what it promises. */
  onDeadLetter?: (letter: DeadLetter) => void | Promise<void>;
}

/**
 * mitt dispatches by type and `*`; each subscriber has a mailbox, so that a slow one holds up no other.
 * Nothing survives the process: what is in a mailbox when it dies is lost, and a message whose handler
 * throws is a dead letter at once. Mailboxes have no limit: who publishes faster than is handled pays in
 * memory.
 */
export class InMemoryEventBus<C extends Catalogue> implements EventBus<MessagesOf<C>> {
  readonly capabilities: BusCapabilities = { durable: false, retries: false, redrive: false };
  readonly #options: Required<InMemoryEventBusOptions<C>>;
  readonly #emitter = mitt<Record<string, Message>>();
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #deadLetters: Ring<DeadLetter>;
  readonly inFlight = new InFlightCounter();
  /** Of messages that wait in a mailbox, or whose handler is at work. */
  readonly #own = new InFlightCounter(this.inFlight);
  readonly #tell: (letter: DeadLetter) => Promise<void> | undefined;
  #buried = 0;
  #isClosed = false;

  /** @throws {BadBusSettingError} */
  constructor(options: InMemoryEventBusOptions<C>) {
    const defaults = {
      logger: silentLogger,
      concurrency: 256,
      remembered: 100_000,
      deadLetterCapacity: 1000,
      onDeadLetter: () => {},
    };
    this.#options = { ...defaults, ...options };
    const { concurrency, remembered, deadLetterCapacity, onDeadLetter: tell, logger } = this.#options;
    checkSettings({ concurrency, remembered, deadLetterCapacity });
    this.#deadLetters = new Ring(deadLetterCapacity);
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
    if (this.#mailboxes.has(subscriber.name)) throw new DuplicateSubscriberError(subscriber.name);
    const mailbox = new Mailbox({
      handle: (message) => this.#handle(subscriber as unknown as AnySubscriber, message),
      concurrency: this.#options.concurrency,
      remembered: this.#options.remembered,
      inFlight: this.#own,
    });
    this.#mailboxes.set(subscriber.name, mailbox);
    const disconnect = this.#connect(subscriber.handles, mailbox);
    return () => {
      disconnect();
      // Called twice, it must leave a successor under the same name alone.
      if (this.#mailboxes.get(subscriber.name) === mailbox) this.#mailboxes.delete(subscriber.name);
      mailbox.clear();
    };
  }

  async settle(): Promise<void> {
    await this.#own.idle();
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.items();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.settle();
  }

  #connect(types: readonly string[] | '*', mailbox: Mailbox): () => void {
    if (types === '*') {
      const putAny = (_type: string, message: Message): void => mailbox.put(message);
      this.#emitter.on('*', putAny);
      return () => this.#emitter.off('*', putAny);
    }
    const put = (message: Message): void => mailbox.put(message);
    for (const type of types) this.#emitter.on(type, put);
    return () => {
      for (const type of types) this.#emitter.off(type, put);
    };
  }

  /** Open after `close` too: what handlers in hand emit belongs to what is in hand. */
  #accept(messages: readonly unknown[]): void {
    for (const input of messages) {
      try {
        const message = deepFreeze(parseMessage(this.#options.catalogue, input));
        this.#emitter.emit(message.type, message);
      } catch (thrown) {
        this.#bury(input, null, thrown);
      }
    }
  }

  async #handle(subscriber: AnySubscriber, message: Message): Promise<void> {
    try {
      const emitted = await invoke(subscriber, message, 1);
      if (emitted.length > 0) this.#accept(emitted);
    } catch (thrown) {
      this.#bury(message, subscriber.name, thrown);
    }
  }

  #bury(message: unknown, subscriber: string | null, thrown: unknown): void {
    const now = this.#options.clock.now();
    const letter: DeadLetter = {
      id: letterId(++this.#buried),
      ...identityOf(message),
      subscriber,
      error: errorOf(thrown),
      attempts: subscriber === null ? 0 : 1,
      firstFailedAtMs: now,
      lastFailedAtMs: now,
      message,
    };
    this.#deadLetters.add(letter);
    logDeadLetter(this.#options.logger, letter);
    const told = this.#tell(letter);
    if (told !== undefined) void this.#own.during(told);
  }
}

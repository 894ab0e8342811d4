import type { ConsumptionStore, DeadMessage, WorkLease } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import { Alarm, createObserver, InFlightCounter, type Logger, onceMore } from '../../kernel/index.ts';
import type { DeadLetter, StateReader } from '../contract.ts';
import { logDeadLetter, toDeadLetter, untold } from '../dead-letter.ts';
import type { AnySubscriber } from '../invoke.ts';
import { KeptStates } from '../kept-states.ts';
import { Outage } from '../outage.ts';
import { checkSettings } from '../settings.ts';
import type { EngineOptions } from './engine-options.ts';
import { type Committed, GroupCommit } from './group-commit.ts';
import { RecentMessagesCache } from './recent-messages-cache.ts';
import { storedStates } from './stored-states.ts';
import { SubscriberRegistry } from './subscriber-registry.ts';
import { TimerPoller } from './timer-poller.ts';
import { InFlightUnderLease, onceCertain } from './under-lease.ts';

/** How many of the newest messages are kept in memory, for subscribers that keep up. */
const recentLength = 4096;

/** What moves the durable bus: one who writes the log, those who read it, and two alarms. */
export class Engine {
  readonly #logger: Logger;
  readonly #tell: (letter: DeadLetter) => Promise<void> | undefined;
  readonly #consumption: ConsumptionStore;
  readonly #recent = new RecentMessagesCache(recentLength);
  readonly #outage: Outage;
  readonly #retryAlarm: Alarm;
  readonly #timers: TimerPoller;
  readonly #states: KeptStates;
  readonly states: StateReader;
  readonly #writer: GroupCommit;
  readonly #registry: SubscriberRegistry;
  /** The newest position that is known of. */
  #head = 0;
  /** Whether anybody has begun to consume. */
  #hasOpened = false;
  #isClosing = false;
  /** How many wait for what was published before they asked. */
  #settling = 0;
  /** Others have published meanwhile. */
  #isToLook = false;
  /** Of what is published, read, handled and written, and of those who are told. */
  readonly #own: InFlightCounter;
  readonly #lease: WorkLease;
  #isConsuming: boolean;

  constructor(options: EngineOptions) {
    const { clock, datastore, random, policy, logger, concurrency, parse, lease, token, inFlight } = options;
    const { steadyClock, onDeadLetter: tell } = options;
    this.#lease = lease;
    this.#isConsuming = token !== undefined;
    this.#own = new InFlightCounter(this.#isConsuming ? new InFlightUnderLease(lease, inFlight) : inFlight);
    const { consumption } = datastore;
    const handling = new InFlightCounter();
    const onOutage = (thrown: unknown): void => this.#noteOutage(thrown);
    this.states = storedStates(consumption);
    this.#states = new KeptStates((subscriber, key) => this.states.find(subscriber, key));
    this.#logger = logger;
    this.#tell = createObserver({ tell, logger, words: untold, about: ({ id }) => ({ id }) });
    this.#consumption = consumption;
    this.#outage = new Outage({ clock: steadyClock, logger, tryAgain: () => void this.#resume() });
    const takeDue = (): void => this.#registry.takeDueRetries();
    this.#retryAlarm = new Alarm(steadyClock, () => onceCertain(lease, takeDue, onOutage));
    this.#writer = new GroupCommit({
      consumption,
      token,
      ready: options.ready,
      onLost: (lost) => lease.lose(lost),
      isMoreComing: () => handling.count > 0,
      onCommitted: (committed) => this.#committed(committed),
      onOutage,
      inFlight: this.#own,
    });
    this.#timers = new TimerPoller({
      consumption,
      clock,
      parse,
      fire: (messages, dead, fired) => this.#writer.publish(messages, dead, fired),
      onOutage,
      inFlight: this.#own,
    });
    this.#registry = new SubscriberRegistry({
      consumption,
      isConsuming: this.#isConsuming,
      join: async () => (token === undefined ? lease.join() : undefined),
      logger,
      context: {
        consumption,
        clock,
        steadyClock,
        random,
        policy,
        recent: this.#recent,
        writer: this.#writer,
        states: this.#states,
        concurrency,
        parse,
        check: () => datastore.check(),
        isOut: () => this.#outage.isThere,
        onOutage,
        onRetryDue: (dueAtMs) => this.#retryAlarm.setFor(dueAtMs),
        onOpen: (head) => this.#opened(head),
        inFlight: this.#own,
        handling,
      },
    });
  }

  get subscribers(): readonly AnySubscriber[] {
    return this.#registry.subscribers;
  }

  /** Resolves when it is committed. */
  publish(messages: readonly Message[], dead: readonly DeadMessage[]): Promise<void> {
    return this.#writer.publish(messages, dead);
  }

  /** @returns what ends the subscription. */
  subscribe(subscriber: AnySubscriber): () => void {
    const { concurrency, retry } = subscriber;
    checkSettings({ concurrency, retry });
    return this.#registry.subscribe(subscriber);
  }

  /** Resolves when all who subscribed have their place in the log; undefined when they have. */
  ready(): Promise<unknown> | undefined {
    return this.#registry.ready();
  }

  replay(subscriber: string, fromPosition: number): Promise<void> {
    return this.#own.during(this.#registry.replay(subscriber, fromPosition));
  }

  /** Others have published, or made retries. */
  lookAgain(): void {
    this.#isToLook = this.#settling > 0;
    if (this.#isToLook) return;
    void this.#own.during(this.#noticeNew()).catch((thrown) => this.#noteOutage(thrown));
  }

  /** What others publish meanwhile is looked at behind it: while they go on there would be no end. */
  async settle(): Promise<void> {
    if (this.#outage.isThere) await this.#resume();
    this.#settling++;
    try {
      await this.ready();
      if (await this.#look()) this.#timers.takeDue();
      await this.#untilIdle();
    } finally {
      this.#settling--;
      if (this.#isToLook) this.lookAgain();
    }
  }

  /** Others tell of each thing that they do, and a look takes a while. */
  readonly #noticeNew = onceMore(async () => void (await this.#look()));

  /**
   * The subscribers are told of what stands in the log and they have not been told of, and of retries that others have made: most of the
   * time there are none, and every subscriber would ask by itself.
   * @returns whether timers may be due.
   */
  async #look(): Promise<boolean> {
    if (this.#registry.isEmpty || this.#isClosing) return true;
    const { head, hasRetries, hasTimers } = await this.#consumption.outstanding();
    this.#advanceTo(head);
    if (hasRetries) this.#registry.takeAllDueRetries();
    return hasTimers;
  }

  async finishInHand(): Promise<void> {
    if (!this.#isClosing) this.#registry.finish(this.#hasOpened ? this.#head : undefined);
    this.#isClosing = true;
    this.#timers.close();
    if (this.#outage.isThere) await this.#resume();
    await this.#untilIdle();
  }

  async close(): Promise<void> {
    try {
      await this.finishInHand();
    } finally {
      await this.#registry.end();
      this.#retryAlarm.off();
      this.#outage.clear();
    }
  }

  /** Another engine is in its place: finishes nothing but what is to be published. */
  abandon(): void {
    this.#isClosing = true;
    this.#isConsuming = false;
    this.#timers.close();
    this.#registry.abandon();
    this.#writer.abandon();
    this.#retryAlarm.off();
    this.#outage.clear();
  }

  #committed({ appended, positions, dead, states, timers }: Committed): void {
    for (const { subscriber, key } of states) this.#states.letGo(subscriber, key);
    this.#timers.changed(timers);
    for (const [index, message] of appended.entries()) this.#recent.add(positions[index] as number, message);
    if (positions.length > 0 && !this.#isConsuming) this.#lease.tellHolder();
    else if (positions.length > 0) this.#advanceTo(positions.reduce((one, other) => Math.max(one, other)));
    for (const each of dead) this.#announce(toDeadLetter(each));
    if (this.#outage.isThere) void this.#resume();
  }

  #announce(letter: DeadLetter): void {
    logDeadLetter(this.#logger, letter);
    const told = this.#tell(letter);
    if (told !== undefined) void this.#own.during(told);
  }

  #opened(head: number): void {
    this.#hasOpened = true;
    this.#head = Math.max(this.#head, head);
    if (!this.#isClosing) this.#timers.open();
  }

  #advanceTo(head: number): void {
    this.#head = Math.max(this.#head, head);
    this.#registry.wake(this.#head);
  }

  #noteOutage(thrown: unknown): void {
    this.#outage.note(thrown);
    this.#own.interrupt(thrown);
  }

  /** The datastore may be available again. */
  async #resume(): Promise<void> {
    this.#outage.clear();
    this.#own.enter();
    await this.#writer.write();
    if (!this.#outage.isThere) {
      this.#registry.resume();
      this.#timers.takeDue();
    }
    this.#own.leave();
  }

  #untilIdle(): Promise<void> {
    this.#outage.throwIfThere();
    return this.#own.idle();
  }
}

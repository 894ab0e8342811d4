/*
 * The states of a subscriber. It is given messages while it is open; `settle` waits for whoever is new.
 *
 *  subscribe  ┌─────┐ start: checkpoint read  ┌──────┐
 *  ─────────▶ │ new │ ──────────────────────▶ │ open │
 *             └─────┘                         └──────┘
 *              │   ▲ start, after a replay        │
 *         stop ▼   │                              │ stop
 *           ┌─────────┐                           │
 *           │ stopped │ ◀─────────────────────────┘
 *           └─────────┘ for good, once it has left
 */
import type { Checkpoint, SubscriberProgress } from '../../datastore/index.ts';
import { InFlightCounter } from '../../kernel/index.ts';
import type { AnySubscriber } from '../invoke.ts';
import { KeyedExecutor } from '../keyed-executor.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import { Availability } from './availability.ts';
import type { ConsumerContext } from './consumer-context.ts';
import { LogReader } from './log-reader.ts';
import type { Outcome, Participant, Task } from './outcome.ts';
import { Progress } from './progress.ts';
import { RetryPoller } from './retry-poller.ts';

/** How many messages of a consumer may wait behind others of their subject. */
const mostWaiting = 4096;

/** Takes one subscriber through the log, from its checkpoint on, and through its retries. */
export class Consumer implements Participant {
  readonly name: string;
  readonly subscriber: AnySubscriber;
  readonly #around: ConsumerContext;
  readonly #attempting: AttemptOptions;
  readonly #availability: Availability;
  readonly #executor: KeyedExecutor<Task>;
  readonly #reader: LogReader;
  readonly #retries: RetryPoller;
  #progress: Progress;
  #state: 'new' | 'open' | 'stopped' = 'new';
  #wasStarted = false;
  #hasLeft = false;
  /** See `finish`. */
  #finishedTo: number | undefined;
  #isStarting = false;
  /** Messages from when they are taken until what became of them is committed, what is being read, and the start. */
  readonly #inFlight: InFlightCounter;

  constructor(subscriber: AnySubscriber, around: ConsumerContext) {
    const { name, handles } = subscriber;
    const { consumption, steadyClock, recent, writer, onOutage } = around;
    const { concurrency = around.concurrency } = subscriber;
    const inFlight = new InFlightCounter(around.inFlight);
    this.name = name;
    this.subscriber = subscriber;
    this.#around = around;
    const policy = { ...around.policy, ...subscriber.retry };
    const availability = new Availability({ ...around, isOver: () => this.#state === 'stopped' });
    this.#availability = availability;
    this.#attempting = { ...around, participant: this, subscriber, policy, availability };
    this.#inFlight = inFlight;
    inFlight.enter();
    this.#progress = new Progress(name, { position: 0, aheadTo: 0 });
    this.#executor = new KeyedExecutor({
      handle: (task) => this.#handle(task),
      concurrency,
      onKeyIdle: (subject) => this.#keyIdle(subject),
      onRoom: () => this.#reader.fill(),
    });
    this.#reader = new LogReader({
      subscriber: name,
      types: handles === '*' ? null : new Set(handles),
      consumption,
      recent,
      hasRoom: () => this.#executor.hasRoom && writer.hasRoom && !around.isOut(),
      isCrowded: (subject) => this.#executor.waiting >= mostWaiting && this.#executor.has(subject),
      isInHand: (subject) => this.#executor.has(subject),
      take: (position, message, isParsed) => {
        this.#progress.begin(position);
        const { subject } = message;
        this.#take({ subject, position, message, isParsed, attempt: 1, firstFailedAtMs: null });
      },
      onPassed: () => writer.moved(this),
      onOutage,
      inFlight,
    });
    this.#retries = new RetryPoller({
      subscriber: name,
      consumption,
      clock: steadyClock,
      take: ({ position, message, attempts, firstFailedAtMs }) => {
        const { subject } = message;
        this.#take({ subject, position, message, isParsed: false, attempt: attempts + 1, firstFailedAtMs });
      },
      onDueLater: (dueAtMs) => around.onRetryDue(dueAtMs),
      onOutage,
      inFlight,
    });
  }

  /** Goes on from the checkpoint, unless it is stopped meanwhile or has left for good. */
  async start(): Promise<void> {
    if (this.#hasLeft) return;
    this.#become('new');
    this.#wasStarted = this.#isStarting = true;
    this.#inFlight.enter();
    try {
      const { consumption } = this.#around;
      const checkpoint = await consumption.checkpoint(this.name);
      const head = await consumption.head();
      if (this.#state === 'new' && checkpoint !== undefined) this.#open(checkpoint, head);
    } catch (thrown) {
      this.#around.onOutage(thrown);
    }
    this.#isStarting = false;
    this.#inFlight.leave();
  }

  /** Begins nothing more; resolves when what is in hand is finished and committed. */
  async stop(): Promise<void> {
    this.#become('stopped');
    this.#reader.close();
    this.#retries.close();
    this.#availability.giveUp();
    const forgotten = this.#executor.clear();
    this.#around.handling.leave(forgotten);
    this.#inFlight.leave(forgotten);
    await this.#inFlight.idle();
  }

  /** Stops for good. */
  leave(): Promise<void> {
    this.#hasLeft = true;
    return this.stop();
  }

  /**
   * Finishes what is in hand, and takes what is emitted from now on, behind `head`, unless something older waits. One that is
   * new is opened first. Undefined: nobody has anything in hand.
   */
  finish(head: number | undefined): void {
    this.#finishedTo = head;
    this.#retries.close();
    if (head === undefined || this.#state === 'stopped' || this.#executor.hasWaiting) void this.leave();
    else if (this.#state === 'open') this.#reader.closeBehind(head);
  }

  wake(head: number): void {
    this.#reader.wake(head);
  }

  /** A retry has become due. */
  takeDueRetries(): void {
    this.#retries.takeDue();
  }

  /** Retries may have come about that this consumer was not told of. */
  takeAllDueRetries(): void {
    this.#retries.takeAllDue();
  }

  /** The datastore may be available again. */
  resume(): void {
    if (this.#wasStarted && this.#state === 'new' && !this.#isStarting) void this.start();
    this.#availability.resume();
    this.#reader.resume();
    this.#retries.takeAllDue();
  }

  advance(done: readonly Outcome[]): SubscriberProgress | undefined {
    // A stopped one may be sent back in the log, and must not come along with where it was.
    if (done.length === 0 && this.#state !== 'open') return undefined;
    const positions = done.flatMap(({ task }) => (task.firstFailedAtMs === null ? task.position : []));
    return this.#progress.advance(positions, this.#reader.unreadFrom);
  }

  committed(done: readonly Outcome[], progress: SubscriberProgress | undefined): void {
    if (progress !== undefined) this.#progress.committed(progress);
    for (const { task, retry } of done) {
      if (task.firstFailedAtMs !== null) this.#retries.settled(task);
      if (retry !== undefined) this.#retries.expect(retry.dueAtMs);
    }
    this.#reader.fill();
    this.#inFlight.leave(done.length);
  }

  dropped(count: number): void {
    this.#inFlight.leave(count);
  }

  #open(checkpoint: Checkpoint, head: number): void {
    this.#become('open');
    this.#progress = new Progress(this.name, checkpoint);
    this.#reader.open(checkpoint);
    if (this.#finishedTo === undefined) this.#retries.open();
    else this.#reader.closeBehind(this.#finishedTo);
    this.#reader.wake(head);
    this.#around.onOpen(head);
  }

  /** One that is new has yet to look at the log, and is waited for. */
  #become(state: 'new' | 'open' | 'stopped'): void {
    if (state === this.#state) return;
    if (state === 'new') this.#inFlight.enter();
    if (this.#state === 'new') this.#inFlight.leave();
    this.#state = state;
  }

  #take(task: Task): void {
    this.#inFlight.enter();
    this.#around.handling.enter();
    this.#executor.put(task);
  }

  async #handle(task: Task): Promise<void> {
    const { handling, writer } = this.#around;
    const outcome = await attempt(task, this.#attempting);
    handling.leave();
    if (outcome === undefined) this.dropped(1);
    else writer.add(outcome);
  }

  #keyIdle(subject: string): void {
    this.#reader.keyIdle(subject);
    this.#reader.fill();
  }
}

import { InFlightCounter } from '../../kernel/index.ts';
import type { AnySubscriber } from '../invoke.ts';
import { KeyedExecutor } from '../keyed-executor.ts';
import { type AttemptPorts, attempt, Turns } from './attempt.ts';
import { commit } from './commit.ts';
import type { ConsumerPorts } from './consumer-ports.ts';
import { DuePoller } from './due-poller.ts';
import { type Poison, type Reading, readEntry, type Task } from './entry.ts';
import { Group, type Read } from './group.ts';
import { entriesOf, Held } from './held.ts';
import { Repetitions } from './repetitions.ts';
import { takingDueRetries } from './scripts.ts';
import { poisoned, type Work } from './work.ts';

/** How many messages a consumer asks for at once, and how many it holds at most. */
const mostRead = 256;
const mostHeld = 1024;

/** Reads for one subscriber, and hands it what is read: of one subject in order, of several at once. */
export class Consumer {
  readonly #ports: ConsumerPorts;
  readonly #handler: AnySubscriber;
  readonly #repetitions: Repetitions;
  readonly #group: Group;
  readonly #executor: KeyedExecutor<Task>;
  readonly #held = new Held();
  readonly #turns = new Turns();
  readonly #retries: DuePoller;
  readonly #own: InFlightCounter;
  readonly #attempting: AttemptPorts;
  readonly #reading: Reading;
  #state: 'open' | 'finishing' | 'left' = 'open';
  #renewedAtMs: number;
  #isOpening = false;
  #isReading = false;
  #isToReadAgain = false;
  #opened: Promise<void> | undefined;

  constructor(handler: AnySubscriber, ports: ConsumerPorts) {
    const { name } = handler;
    const { again, handled, retries } = ports.keys.of(name);
    this.#handler = handler;
    this.#ports = ports;
    this.#repetitions = new Repetitions(ports.broker, handled);
    this.#own = new InFlightCounter(ports.inFlight);
    this.#renewedAtMs = ports.steadyClock.now();
    this.#reading = { ...ports, handler };
    this.#attempting = {
      ...ports,
      subscriber: name,
      handler,
      policy: { ...ports.policy, ...handler.retry },
      commit: (work) => this.#commit(work),
    };
    this.#group = new Group({
      broker: ports.broker,
      messages: ports.keys.messages,
      again,
      name,
      consumer: ports.consumer,
      onLost: () => ports.onLostStreams(name),
    });
    this.#retries = new DuePoller({
      ...ports,
      clock: ports.steadyClock,
      script: takingDueRetries,
      keys: [retries, again],
      inFlight: this.#own,
      onTaken: () => this.wake(),
    });
    this.#executor = new KeyedExecutor({
      concurrency: handler.concurrency ?? ports.concurrency,
      handle: (task) => this.#handle(task),
      onKeyIdle: () => this.#wakeIfRoom(),
    });
  }

  /** Whether it has no place yet, since the broker was away when it asked for it. */
  get isOutside(): boolean {
    return this.#opened === undefined;
  }

  /** Resolves when it has its place; what others left is in hand by then. Its place is asked for at once. */
  open(): Promise<void> {
    this.#opened ??= this.#own.during(this.#open()).catch((thrown) => {
      this.#opened = undefined;
      this.#ports.onOutage(thrown);
    });
    return this.#opened;
  }

  /** What others have left comes before what is new. */
  async #open(): Promise<void> {
    this.#isOpening = true;
    try {
      await this.#group.open();
      if (this.#state === 'open') await this.#takeOver();
    } finally {
      this.#isOpening = false;
    }
    await this.#retries.take();
    this.wake();
  }

  /** There may be more. */
  wake(): void {
    this.#isToReadAgain = true;
    if (this.#isReading || this.#isOpening || this.#state === 'left') return;
    void this.#own.during(this.#read());
  }

  /** Once in a while, though nothing has come: keeps what it holds, and takes what others have let lie. */
  async tick(): Promise<void> {
    if (this.#state === 'left' || this.#isOpening) return;
    await this.#renew();
    if (this.#state !== 'open') return;
    await this.#takeOver();
    await this.#retries.take();
    this.wake();
  }

  /** How much of it anybody holds. */
  pending(): Promise<number> {
    return this.#group.pending();
  }

  /** Begins nothing that waits; who has nothing waiting goes on with what others of this bus emit. */
  finish(): void {
    if (this.#state !== 'open') return;
    this.#retries.off();
    if (this.#executor.hasWaiting) this.#letGo();
    else this.#state = 'finishing';
  }

  /** Finishes what is in hand, and gives the rest back. */
  async leave(): Promise<void> {
    this.#retries.off();
    if (this.#state !== 'left') this.#letGo();
    await this.#own.idle();
    await this.#group.leave();
  }

  #letGo(): void {
    this.#state = 'left';
    void this.#own.during(this.#giveBack(this.#held.takeWaiting()));
    this.#own.leave(this.#executor.clear());
  }

  async #giveBack(tasks: readonly Task[]): Promise<void> {
    try {
      for (const isAgain of [false, true]) await this.#group.giveBack(isAgain, entriesOf(tasks, isAgain));
    } catch (thrown) {
      // Then others have it when it has lain for long enough.
      this.#ports.onOutage(thrown);
    }
  }

  #wakeIfRoom(): void {
    if (this.#isToReadAgain && this.#held.size < mostHeld / 2) this.wake();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isToReadAgain && this.#state !== 'left' && this.#held.size < mostHeld) {
        this.#isToReadAgain = false;
        const read = await this.#group.read(mostRead);
        if (read.some(({ entries }) => entries.length > 0)) this.#isToReadAgain = true;
        await this.#take(read);
      }
    } catch (thrown) {
      this.#ports.onOutage(thrown);
    } finally {
      this.#isReading = false;
    }
  }

  async #takeOver(): Promise<void> {
    for (let room = mostHeld - this.#held.size; room > 0; room = mostHeld - this.#held.size) {
      const read = await this.#group.takeOver(this.#ports.takeOverMs, Math.min(room, mostRead));
      const taken = read.map(({ isAgain, entries }) => ({
        isAgain,
        entries: entries.filter(([entry]) => !this.#held.has({ isAgain, entry })),
      }));
      if (taken.every(({ entries }) => entries.length === 0)) return;
      await this.#take(taken);
    }
  }

  async #take(read: readonly Read[]): Promise<void> {
    for (const { isAgain, entries } of read) {
      const known = entries
        .map((entry) => readEntry(entry, isAgain, this.#reading))
        .filter((each) => each !== undefined);
      const poison = known.filter((each): each is Poison => 'letter' in each);
      const tasks = known.filter((each): each is Task => !('letter' in each));
      const wanted = isAgain ? tasks : await this.#repetitions.without(tasks);
      for (const each of poison) await this.#commit(poisoned(each));
      const kept = new Set([...wanted, ...poison].map(({ entry }) => entry));
      const idle = entries.map(([entry]) => entry).filter((entry) => !kept.has(entry));
      await this.#group.acknowledge(isAgain, idle);
      if (this.#state === 'left') await this.#giveBack(wanted);
      else for (const task of wanted) this.#put(task);
    }
  }

  #put(task: Task): void {
    if (this.#held.has(task)) return;
    this.#held.add(task);
    this.#own.enter();
    this.#executor.put(task);
  }

  async #handle(task: Task): Promise<void> {
    task.isBegun = true;
    try {
      if (this.#isStale()) await this.#renew();
      if (!task.isLost) await attempt(task, this.#turns, this.#attempting);
    } catch (thrown) {
      // Its end is not known to the broker: it comes again, here or elsewhere.
      this.#ports.onOutage(thrown);
    } finally {
      this.#held.remove(task);
      this.#own.leave();
    }
  }

  #commit(work: Work): Promise<string | undefined> {
    const onRetry = (dueAtMs: number): void => this.#retries.setFor(dueAtMs);
    return commit(work, { ...this.#ports, subscriber: this.#handler.name, onRetry });
  }

  /** Whether it has said nothing for so long that others may soon take over what it holds, or have. */
  #isStale(): boolean {
    const { steadyClock, takeOverMs } = this.#ports;
    return steadyClock.now() - this.#renewedAtMs > takeOverMs / 2;
  }

  async #renew(): Promise<void> {
    this.#renewedAtMs = this.#ports.steadyClock.now();
    for (const isAgain of [false, true]) {
      const entries = this.#held.entries(isAgain);
      if (entries.length === 0) continue;
      const lost = await this.#ports.insist(() => this.#group.renew(isAgain, entries));
      for (const entry of lost) this.#held.lose({ isAgain, entry });
    }
  }
}

import { Queue } from '../kernel/index.ts';

export interface KeyedExecutorOptions<T> {
  /** Must not reject. */
  handle(item: T): void | Promise<void>;
  /** How many subjects may be in hand at once. */
  concurrency: number;
  /** Nothing of this subject is in hand any more, nor waits in its queue. */
  onKeyIdle(subject: string): void;
  /** All that has arrived is in hand or waits in its queue, and a further subject could be begun. */
  onRoom?(): void;
}

/**
 * Items of one subject are handled one after the other in the order of their arrival; those of different
 * subjects at the same time.
 */
export class KeyedExecutor<T extends { readonly subject: string }> {
  readonly #options: KeyedExecutorOptions<T>;
  readonly #arrived = new Queue<T>();
  /** Subjects in hand, each with what waits for it: undefined as long as nothing did. */
  readonly #queues = new Map<string, Queue<T> | undefined>();
  /** Items whose turn in their queue has come. */
  #released: T[] = [];
  #waiting = 0;
  #isPumpScheduled = false;

  constructor(options: KeyedExecutorOptions<T>) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#queues.size === 0 && this.#arrived.isEmpty;
  }

  /** Whether an item of a further subject would be begun at the next turn. */
  get hasRoom(): boolean {
    return this.#arrived.isEmpty && this.#queues.size < this.#options.concurrency;
  }

  /** Whether anything has arrived that was not started. */
  get hasWaiting(): boolean {
    return !this.#arrived.isEmpty || this.#waiting > 0 || this.#released.length > 0;
  }

  /** How many wait behind others of their subject. */
  get waiting(): number {
    return this.#waiting;
  }

  has(subject: string): boolean {
    return this.#queues.has(subject);
  }

  put(item: T): void {
    this.#arrived.push(item);
    this.#schedulePump();
  }

  /**
   * Forgets what has not been started.
   * @returns how much that was.
   */
  clear(): number {
    const forgotten = this.#arrived.length + this.#waiting + this.#released.length;
    this.#arrived.clear();
    for (const waiting of this.#queues.values()) waiting?.clear();
    this.#waiting = 0;
    const released = this.#released;
    this.#released = [];
    for (const { subject } of released) this.#finish(subject);
    return forgotten;
  }

  #schedulePump(): void {
    if (this.#isPumpScheduled) return;
    this.#isPumpScheduled = true;
    setImmediate(() => this.#pump());
  }

  /**
   * The only place where handlers are started, and at most `concurrency` of them a turn: a chain of
   * promises over a synchronous database would never let timers and sockets in.
   */
  #pump(): void {
    this.#isPumpScheduled = false;
    const released = this.#released;
    this.#released = [];
    for (const item of released) this.#start(item);
    // Those that are handled at once take no place, and yet no more of them may be begun.
    let begun = released.length;
    while (this.#queues.size < this.#options.concurrency) {
      if (begun >= this.#options.concurrency) {
        this.#schedulePump();
        return;
      }
      const item = this.#arrived.shift();
      if (item === undefined) {
        this.#options.onRoom?.();
        return;
      }
      if (this.#queues.has(item.subject)) {
        this.#wait(item);
      } else {
        begun++;
        this.#begin(item);
      }
    }
  }

  #wait(item: T): void {
    let queue = this.#queues.get(item.subject);
    if (queue === undefined) {
      queue = new Queue();
      this.#queues.set(item.subject, queue);
    }
    queue.push(item);
    this.#waiting++;
  }

  /** One that is through at once leaves nothing behind that would have to be taken away again. */
  #begin(item: T): void {
    const handling = this.#options.handle(item);
    if (handling === undefined) {
      this.#options.onKeyIdle(item.subject);
      return;
    }
    this.#queues.set(item.subject, undefined);
    void handling.then(() => this.#finish(item.subject));
  }

  #start(item: T): void {
    const handling = this.#options.handle(item);
    if (handling === undefined) this.#finish(item.subject);
    else void handling.then(() => this.#finish(item.subject));
  }

  #finish(subject: string): void {
    const next = this.#queues.get(subject)?.shift();
    if (next !== undefined) {
      this.#waiting--;
      this.#released.push(next);
      this.#schedulePump();
      return;
    }
    this.#queues.delete(subject);
    if (!this.#arrived.isEmpty) this.#schedulePump();
    this.#options.onKeyIdle(subject);
  }
}

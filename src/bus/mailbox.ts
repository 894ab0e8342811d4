import type { Message } from '../events/index.ts';
import { Queue } from './queue.ts';
import { RecentIds } from './recent-ids.ts';

export interface MailboxOptions {
  /** Must not reject. */
  handle(message: Message): Promise<void>;
  /** How many messages may be in hand at once. */
  concurrency: number;
  /** How many message ids are remembered, to recognise a repetition. */
  remembered: number;
  /** Called each time the mailbox has nothing left to do. */
  onIdle(): void;
}

/**
 * What waits for one subscriber. Messages of one subject are handled one after the other in the order of
 * their arrival; those of different subjects at the same time.
 */
export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #seen: RecentIds;
  readonly #arrived = new Queue<Message>();
  /** Subjects in hand, each with the messages that wait for it. */
  readonly #lanes = new Map<string, Queue<Message>>();
  /** Messages whose turn in their lane has come. */
  #released: Message[] = [];
  #running = 0;
  #pumpScheduled = false;

  constructor(options: MailboxOptions) {
    this.#options = options;
    this.#seen = new RecentIds(options.remembered);
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#released.length === 0 && this.#arrived.isEmpty;
  }

  put(message: Message): void {
    if (!this.#seen.add(message.id)) return;
    this.#arrived.push(message);
    this.#schedulePump();
  }

  /** Forgets what has not been started. */
  clear(): void {
    this.#arrived.clear();
    this.#released = [];
    for (const waiting of this.#lanes.values()) waiting.clear();
  }

  #schedulePump(): void {
    if (this.#pumpScheduled) return;
    this.#pumpScheduled = true;
    setImmediate(() => this.#pump());
  }

  /**
   * The only place where handlers are started, and at most `concurrency` of them a turn: a chain of
   * promises over a synchronous database would never let timers and sockets in.
   */
  #pump(): void {
    this.#pumpScheduled = false;
    const released = this.#released;
    this.#released = [];
    for (const message of released) this.#start(message);
    while (this.#running < this.#options.concurrency) {
      const message = this.#arrived.shift();
      if (message === undefined) return;
      const lane = this.#lanes.get(message.subject);
      if (lane !== undefined) {
        lane.push(message);
      } else {
        this.#lanes.set(message.subject, new Queue());
        this.#running++;
        this.#start(message);
      }
    }
  }

  #start(message: Message): void {
    void this.#options.handle(message).then(() => this.#finish(message.subject));
  }

  #finish(subject: string): void {
    const next = this.#lanes.get(subject)?.shift();
    if (next !== undefined) {
      this.#released.push(next);
      this.#schedulePump();
      return;
    }
    this.#lanes.delete(subject);
    this.#running--;
    if (!this.#arrived.isEmpty) this.#schedulePump();
    else if (this.isIdle) this.#options.onIdle();
  }
}

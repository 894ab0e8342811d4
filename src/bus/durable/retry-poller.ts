import type { ConsumptionStore, DueRetry, MessageRetry } from '../../datastore/index.ts';
import type { Clock, InFlightCounter } from '../../kernel/index.ts';

export interface RetryPollerOptions {
  subscriber: string;
  consumption: ConsumptionStore;
  /** One that makes no steps. */
  clock: Clock;
  /** A retry whose time has come; it is in hand until `settled`. */
  take(retry: DueRetry): void;
  /** The next one is due then. */
  onDueLater(dueAtMs: number): void;
  onOutage(thrown: unknown): void;
  /** Counts when the store is being asked. */
  inFlight: InFlightCounter;
}

const pageSize = 256;
const mostInHand = 1024;
/** So that one subject whose handler hangs leaves room for the others. */
const mostOfOneSubject = 32;

/** Hands out the retries of one subscriber as they become due, so many at a time and each once. */
export class RetryPoller {
  readonly #options: RetryPollerOptions;
  /** Position → subject. */
  readonly #inHand = new Map<number, string>();
  readonly #bySubject = new Map<string, number>();
  /** Subjects of which some are due and not taken. */
  readonly #leftBehind = new Set<string>();
  /** What was due before this was looked at: it is in hand, or left behind. */
  #seenTo = 0;
  /** Whether some that are due were not looked at, since enough were in hand. */
  #hasMore = false;
  #isReading = false;
  #readAgain = false;
  #isOpen = false;

  constructor(options: RetryPollerOptions) {
    this.#options = options;
  }

  open(): void {
    this.#isOpen = true;
    this.takeAllDue();
  }

  close(): void {
    this.#isOpen = false;
    this.#inHand.clear();
    this.#bySubject.clear();
    this.#leftBehind.clear();
  }

  /** A retry is due at this time, as from now. */
  expect(dueAtMs: number): void {
    this.#seenTo = Math.min(this.#seenTo, dueAtMs);
    if (dueAtMs <= this.#options.clock.now()) this.takeDue();
    else this.#options.onDueLater(dueAtMs);
  }

  /** Takes all that is due, what was left behind or came about elsewhere too. */
  takeAllDue(): void {
    this.#seenTo = 0;
    this.takeDue();
  }

  /** Takes what has become due since it was looked at last. */
  takeDue(): void {
    if (!this.#isOpen) return;
    this.#readAgain = true;
    if (this.#isReading) return;
    this.#isReading = true;
    this.#options.inFlight.enter();
    void this.#read()
      .catch((thrown) => {
        this.#seenTo = 0;
        this.#options.onOutage(thrown);
      })
      .finally(() => {
        this.#isReading = false;
        this.#options.inFlight.leave();
      });
  }

  /** What became of this one is committed. */
  settled({ position }: Pick<MessageRetry, 'position'>): void {
    const subject = this.#inHand.get(position);
    if (subject === undefined) return;
    this.#inHand.delete(position);
    const left = (this.#bySubject.get(subject) ?? 1) - 1;
    if (left > 0) this.#bySubject.set(subject, left);
    else this.#bySubject.delete(subject);
    const hasTurn = left === 0 && this.#leftBehind.has(subject);
    const hasRoom = this.#hasMore && this.#inHand.size <= mostInHand / 2;
    if (hasTurn || hasRoom) this.takeAllDue();
  }

  async #read(): Promise<void> {
    const { subscriber, consumption, clock, onDueLater } = this.#options;
    while (this.#readAgain && this.#isOpen) {
      this.#readAgain = false;
      const nowMs = clock.now();
      const fromMs = this.#seenTo;
      if (fromMs === 0) {
        this.#leftBehind.clear();
        this.#hasMore = false;
      }
      this.#seenTo = nowMs;
      await this.#readPages(fromMs, nowMs);
      const dueAtMs = await consumption.nextDueMs(subscriber, nowMs);
      if (dueAtMs !== undefined) onDueLater(dueAtMs);
    }
  }

  async #readPages(fromMs: number, nowMs: number): Promise<void> {
    const { subscriber, consumption } = this.#options;
    let after: Pick<MessageRetry, 'dueAtMs' | 'position'> | undefined = { dueAtMs: fromMs, position: 0 };
    while (after !== undefined) {
      const page: readonly DueRetry[] = await consumption.dueRetries(subscriber, {
        nowMs,
        after,
        limit: pageSize,
      });
      if (!this.#isOpen) return;
      for (const retry of page) this.#consider(retry);
      if (page.length < pageSize || this.#hasMore) return;
      after = page.at(-1);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #consider(retry: DueRetry): void {
    const { position, message } = retry;
    if (this.#inHand.has(position)) return;
    if (this.#inHand.size >= mostInHand) {
      this.#hasMore = true;
      return;
    }
    const ofSubject = this.#bySubject.get(message.subject) ?? 0;
    if (ofSubject >= mostOfOneSubject) {
      this.#leftBehind.add(message.subject);
      return;
    }
    this.#inHand.set(position, message.subject);
    this.#bySubject.set(message.subject, ofSubject + 1);
    this.#options.take(retry);
  }
}

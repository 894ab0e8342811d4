import type { Checkpoint, ConsumptionStore, LoggedMessage, LogStretch } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { InFlightCounter } from '../../kernel/index.ts';
import { PausedKeys } from './paused-keys.ts';
import type { RecentMessagesCache } from './recent-messages-cache.ts';

export interface LogReaderOptions {
  subscriber: string;
  /** Null for all. */
  types: ReadonlySet<string> | null;
  consumption: ConsumptionStore;
  recent: RecentMessagesCache;
  /** Whether a message of a further subject would be begun at once. */
  hasRoom(): boolean;
  /** Whether one of this subject would have to wait, and too many do already. */
  isCrowded(subject: string): boolean;
  isInHand(subject: string): boolean;
  /** The next message; `isParsed` if it is of the newest version for certain. */
  take(position: number, message: Message, isParsed: boolean): void;
  /** It has passed many messages that were not asked for. */
  onPassed(): void;
  onOutage(thrown: unknown): void;
  /** Counts while there is something to read, and room for it. */
  inFlight: InFlightCounter;
}

/** How many positions are read at once. */
const pageSize = 1024;
/** How many messages of a paused subject are: few, since every subject may be paused. */
const pausedPageSize = 128;
/** How many messages nobody asked for are passed before that is worth a note. */
const passedBeforeNote = 1024;

/**
 * Reads the log for one subscriber, in order, and no further ahead than there is room for. Where too much
 * waits behind a message whose handler takes long, its subject is paused: left in the log, and read again
 * when its turn comes, so that neither memory nor the other subjects pay for it.
 */
export class LogReader {
  readonly #options: LogReaderOptions;
  readonly #paused: PausedKeys;
  #isOpen = false;
  /** Up to here the log was read. */
  #cursor = 0;
  /** Up to here there is something to read. */
  #head = 0;
  /** Up to here some were handled before, ahead of the checkpoint. */
  #handledTo = 0;
  #notedAt = 0;
  /** What stands in the log up to here is not begun any more, nor what others append behind it. */
  #closedTo: number | undefined;
  #isFilling = false;

  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.#paused = new PausedKeys({
      read: (subject, from) => this.#readPaused(subject, from),
      onOutage: options.onOutage,
      inFlight: options.inFlight,
    });
  }

  /** The first position that was not taken. */
  get unreadFrom(): number {
    return Math.min(this.#cursor + 1, this.#paused.lowest);
  }

  open({ position, aheadTo }: Checkpoint): void {
    this.#isOpen = true;
    this.#paused.clear();
    this.#cursor = position;
    this.#notedAt = position;
    this.#handledTo = aheadTo;
    this.fill();
  }

  /** Takes no more. */
  close(): void {
    this.#isOpen = false;
  }

  /** Takes only what was appended here, behind `head`; nothing at all when something older is left. */
  closeBehind(head: number): void {
    this.#closedTo = head;
    if (!this.#paused.isEmpty || head - this.#cursor > pageSize) this.close();
  }

  /** The log reaches to this position now. */
  wake(head: number): void {
    this.#head = Math.max(this.#head, head);
    this.fill();
  }

  /** There may be room again, or the log may be readable again. */
  resume(): void {
    for (const subject of this.#paused.subjects()) this.keyIdle(subject);
    this.fill();
  }

  /** Nothing of the subject is in hand any more, so what was paused can be. */
  keyIdle(subject: string): void {
    if (!this.#isOpen || this.#closedTo !== undefined || this.#options.isInHand(subject)) return;
    this.#paused.resume(subject);
  }

  fill(): void {
    if (this.#isFilling || !this.#isOpen || this.#cursor >= this.#head || !this.#options.hasRoom()) return;
    this.#isFilling = true;
    const upTo = Math.min(this.#cursor + pageSize, this.#head);
    const isKnown = this.#cursor < this.#handledTo;
    const recent = isKnown ? undefined : this.#options.recent.between(this.#cursor, upTo);
    if (recent !== undefined) {
      this.#takeRecent(recent);
      this.#goOn();
      return;
    }
    const reading = this.#readPage(upTo)
      .then(() => this.#goOn())
      .catch((thrown) => {
        this.#isFilling = false;
        this.#options.onOutage(thrown);
      });
    void this.#options.inFlight.during(reading);
  }

  /** At another turn, since questions to the database alone would never let timers and sockets in. */
  #goOn(): void {
    const { inFlight, onPassed, hasRoom } = this.#options;
    if (this.#cursor - this.#notedAt >= passedBeforeNote) {
      this.#notedAt = this.#cursor;
      onPassed();
    }
    if (!this.#isOpen || this.#cursor >= this.#head || !hasRoom()) {
      this.#isFilling = false;
      return;
    }
    inFlight.enter();
    setImmediate(() => {
      this.#isFilling = false;
      this.fill();
      inFlight.leave();
    });
  }

  #takeRecent(messages: readonly Message[]): void {
    const { types } = this.#options;
    for (const message of messages) {
      if (!this.#isOpen) return;
      const position = this.#cursor + 1;
      if (types === null || types.has(message.type)) this.#take({ position, message }, true);
      if (this.#isOpen) this.#cursor = position;
    }
  }

  async #readPage(upTo: number): Promise<void> {
    const page = await this.#options.consumption.read(this.#stretch(this.#cursor, upTo));
    for (const logged of page) {
      if (!this.#isOpen) return;
      this.#take(logged, false);
      if (this.#isOpen) this.#cursor = logged.position;
    }
    if (this.#isOpen) this.#cursor = upTo;
  }

  #take({ position, message }: LoggedMessage, isParsed: boolean): void {
    const { subject } = message;
    if (this.#closedTo !== undefined && position <= this.#closedTo) this.close();
    else if (this.#paused.has(subject)) return;
    else if (this.#isLeft(position) || this.#options.isCrowded(subject))
      this.#paused.pause(subject, position);
    else this.#options.take(position, message, isParsed);
  }

  /** While others go on publishing there would be no end of it. */
  #isLeft(position: number): boolean {
    return this.#closedTo !== undefined && this.#options.recent.between(position - 1, position) === undefined;
  }

  async #readPaused(subject: string, from: number): Promise<boolean> {
    const upTo = this.#cursor;
    const stretch = { ...this.#stretch(from - 1, upTo), limit: pausedPageSize };
    const page = await this.#options.consumption.readSubject(subject, stretch);
    if (!this.#isOpen) return true;
    const last = page.length === pausedPageSize ? (page.at(-1)?.position ?? upTo) : upTo;
    // The log may have been read on meanwhile, past more of this subject.
    if (last < this.#cursor) this.#paused.pause(subject, last + 1);
    else this.#paused.leave(subject);
    for (const { position, message } of page) this.#options.take(position, message, false);
    return page.length > 0;
  }

  #stretch(after: number, upTo: number): LogStretch {
    const { subscriber, types } = this.#options;
    const skipHandled = after < this.#handledTo;
    return { subscriber, types: types === null ? null : [...types], after, upTo, skipHandled };
  }
}

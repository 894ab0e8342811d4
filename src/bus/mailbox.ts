import type { Message } from '../events/index.ts';
import type { InFlightCounter } from '../kernel/index.ts';
import { KeyedExecutor } from './keyed-executor.ts';
import { RecentIds } from './recent-ids.ts';

/** A message in the hands of one subscriber. */
export interface Letter {
  readonly subject: string;
  readonly message: Message;
  /** 1 at the first. */
  readonly attempt: number;
  /** Undefined unless it failed before. */
  readonly firstFailedAtMs: number | undefined;
}

export interface MailboxOptions {
  /** Must not reject. */
  handle(letter: Letter): void | Promise<void>;
  /** How many subjects may be in hand at once. */
  concurrency: number;
  /** How many message ids are remembered, to recognise a repetition. */
  remembered: number;
  /** Counts each message from when it is put in until it is handled or forgotten. */
  inFlight: InFlightCounter;
}

/** What waits for one subscriber, each message id once. */
export class Mailbox {
  readonly #seen: RecentIds;
  readonly #executor: KeyedExecutor<Letter>;
  readonly #inFlight: InFlightCounter;

  constructor({ handle, concurrency, remembered, inFlight }: MailboxOptions) {
    this.#seen = new RecentIds(remembered);
    this.#inFlight = inFlight;
    this.#executor = new KeyedExecutor({
      concurrency,
      onKeyIdle: () => {},
      handle(letter) {
        const handling = handle(letter);
        if (handling !== undefined) return handling.then(() => inFlight.leave());
        inFlight.leave();
      },
    });
  }

  put(message: Message): void {
    if (!this.#seen.add(message.id)) return;
    this.#inFlight.enter();
    this.#executor.put({ subject: message.subject, message, attempt: 1, firstFailedAtMs: undefined });
  }

  /** Though it has been here before. */
  putAgain(letter: Omit<Letter, 'subject'>): void {
    this.#inFlight.enter();
    const { message, attempt, firstFailedAtMs } = letter;
    this.#executor.put({ subject: message.subject, message, attempt, firstFailedAtMs });
  }

  /** Forgets what has not been started. */
  clear(): void {
    this.#inFlight.leave(this.#executor.clear());
  }
}

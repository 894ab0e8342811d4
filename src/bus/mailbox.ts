import type { Message } from '../events/index.ts';
import { Lanes } from './lanes.ts';
import { RecentIds } from './recent-ids.ts';

export interface MailboxOptions {
  /** Must not reject. */
  handle(message: Message): Promise<void>;
  /** How many subjects may be in hand at once. */
  concurrency: number;
  /** How many message ids are remembered, to recognise a repetition. */
  remembered: number;
  /** Called each time the mailbox has nothing left to do. */
  onIdle(): void;
}

/** What waits for one subscriber, each message id once. */
export class Mailbox {
  readonly #seen: RecentIds;
  readonly #lanes: Lanes<Message>;

  constructor({ handle, concurrency, remembered, onIdle }: MailboxOptions) {
    this.#seen = new RecentIds(remembered);
    this.#lanes = new Lanes({
      handle,
      concurrency,
      onLaneEnd: () => {
        if (this.#lanes.isIdle) onIdle();
      },
    });
  }

  get isIdle(): boolean {
    return this.#lanes.isIdle;
  }

  put(message: Message): void {
    if (this.#seen.add(message.id)) this.#lanes.put(message);
  }

  /** Forgets what has not been started. */
  clear(): void {
    this.#lanes.clear();
  }
}

import type { Message } from '../events/index.ts';
import type { InFlightCounter } from '../kernel/index.ts';
import { Lanes } from './lanes.ts';
import { RecentIds } from './recent-ids.ts';

export interface MailboxOptions {
  /** Must not reject. */
  handle(message: Message): Promise<void>;
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
  readonly #lanes: Lanes<Message>;
  readonly #inFlight: InFlightCounter;

  constructor({ handle, concurrency, remembered, inFlight }: MailboxOptions) {
    this.#seen = new RecentIds(remembered);
    this.#inFlight = inFlight;
    this.#lanes = new Lanes({
      concurrency,
      onLaneEnd: () => {},
      async handle(message) {
        await handle(message);
        inFlight.leave();
      },
    });
  }

  put(message: Message): void {
    if (!this.#seen.add(message.id)) return;
    this.#inFlight.enter();
    this.#lanes.put(message);
  }

  /** Forgets what has not been started. */
  clear(): void {
    this.#inFlight.leave(this.#lanes.clear());
  }
}

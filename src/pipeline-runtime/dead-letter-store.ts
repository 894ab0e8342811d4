import type { MessageMap, MessageOf } from '../events/index.ts';
import { AppError, type Clock, messageOf } from '../kernel/index.ts';
import { UnknownStoredMessageError } from './errors.ts';

/** A message that will not be handled without a person. */
export interface StoredMessage<Map extends MessageMap> {
  /** Names it to `redrive` and `discard`. */
  readonly id: string;
  readonly message: MessageOf<Map>;
  /** Null when the bus did not take it. */
  readonly stage: string | null;
  readonly error: { readonly name: string; readonly code: string | null; readonly message: string };
  readonly attempts: number;
  readonly atMs: number;
}

/** The latest dead letters of a pipeline, in memory; what is more than `capacity` forgets the oldest. */
export class DeadLetterStore<Messages extends MessageMap> {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #letters = new Map<string, StoredMessage<Messages>>();
  #count = 0;

  constructor({ clock, capacity }: { readonly clock: Clock; readonly capacity: number }) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** Also those that are not kept any more. */
  get count(): number {
    return this.#count;
  }

  /** Oldest first. */
  all(): readonly StoredMessage<Messages>[] {
    return [...this.#letters.values()];
  }

  add(message: MessageOf<Messages>, stage: string | null, thrown: unknown, attempts: number): void {
    const error = {
      name: thrown instanceof Error ? thrown.name : 'Error',
      code: thrown instanceof AppError ? thrown.code : null,
      message: messageOf(thrown),
    };
    const id = `stored-${++this.#count}`;
    this.#letters.set(id, { id, message, stage, error, attempts, atMs: this.#clock.now() });
    for (const oldest of this.#letters.keys()) {
      if (this.#letters.size <= this.#capacity) break;
      this.#letters.delete(oldest);
    }
  }

  /** @throws {UnknownStoredMessageError} */
  take(id: string): StoredMessage<Messages> {
    const stored = this.#letters.get(id);
    if (stored === undefined) throw new UnknownStoredMessageError(id);
    this.#letters.delete(id);
    return stored;
  }
}

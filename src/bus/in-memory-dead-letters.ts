import type { DeadLetter } from './contract.ts';
import { errorOf, identityOf, letterId } from './dead-letter.ts';
import { UnknownDeadLetterError } from './errors.ts';

type Circumstances = Pick<DeadLetter, 'subscriber' | 'attempts' | 'firstFailedAtMs' | 'lastFailedAtMs'>;

/** The latest dead letters, in memory. */
export class InMemoryDeadLetters {
  readonly #capacity: number;
  readonly #letters = new Map<string, DeadLetter>();
  #added = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(message: unknown, thrown: unknown, circumstances: Circumstances): DeadLetter {
    const id = letterId(++this.#added);
    const letter = { id, ...identityOf(message), ...circumstances, error: errorOf(thrown), message };
    this.#letters.set(id, letter);
    for (const oldest of this.#letters.keys()) {
      if (this.#letters.size <= this.#capacity) break;
      this.#letters.delete(oldest);
    }
    return letter;
  }

  /** Oldest first. */
  list(): readonly DeadLetter[] {
    return [...this.#letters.values()];
  }

  /** @throws {UnknownDeadLetterError} */
  find(id: string): DeadLetter {
    const letter = this.#letters.get(id);
    if (letter === undefined) throw new UnknownDeadLetterError(id);
    return letter;
  }

  /** @throws {UnknownDeadLetterError} */
  remove(id: string): void {
    if (!this.#letters.delete(id)) throw new UnknownDeadLetterError(id);
  }
}

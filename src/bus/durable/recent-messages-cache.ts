import type { Message } from '../../events/index.ts';

/** The newest messages of the log, in memory: who keeps up with the log need not read it. */
export class RecentMessagesCache {
  readonly #capacity: number;
  /** Where the first of them stands; the others follow without a gap. */
  #first = 1;
  #messages: Message[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(position: number, message: Message): void {
    const next = this.#first + this.#messages.length;
    if (position < next) return;
    if (position > next) {
      // What lies between was appended by others.
      this.#messages = [];
      this.#first = position;
    }
    this.#messages.push(message);
    // Cut at twice the size, so that a full cache does not move every message at each addition.
    if (this.#messages.length < 2 * this.#capacity) return;
    this.#messages = this.#messages.slice(this.#capacity);
    this.#first += this.#capacity;
  }

  /** All messages behind `after`, up to and with `upTo`; undefined when one of them is not here. */
  between(after: number, upTo: number): readonly Message[] | undefined {
    const isHere = after + 1 >= this.#first && upTo < this.#first + this.#messages.length;
    return isHere ? this.#messages.slice(after + 1 - this.#first, upTo + 1 - this.#first) : undefined;
  }
}

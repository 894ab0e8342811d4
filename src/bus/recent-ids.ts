/** Remembers the latest ids it was asked about. */
export class RecentIds {
  readonly #capacity: number;
  readonly #ids = new Set<string>();
  /** The same by age, as a ring: a Set finds its own oldest only by walking over all it has lost. */
  readonly #byAge: string[] = [];
  #next = 0;

  /** @param capacity 0: it remembers nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether the id is new; from then on it is not. */
  add(id: string): boolean {
    if (this.#capacity < 1) return true;
    const before = this.#ids.size;
    // One look-up, where `has` would be a second one: each message is asked about.
    if (this.#ids.add(id).size === before) return false;
    const oldest = this.#byAge[this.#next];
    if (oldest !== undefined) this.#ids.delete(oldest);
    this.#byAge[this.#next] = id;
    this.#next = (this.#next + 1) % this.#capacity;
    return true;
  }
}

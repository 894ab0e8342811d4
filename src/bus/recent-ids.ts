/** Remembers the latest ids it was asked about; older ones are forgotten, so that memory stays flat. */
export class RecentIds {
  readonly #capacity: number;
  readonly #ids = new Set<string>();
  /** The same ids by age, as a ring: a Set finds its own oldest only by walking over all it has lost. */
  readonly #byAge: string[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether the id is new; from then on it is not. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    const oldest = this.#byAge[this.#next];
    if (oldest !== undefined) this.#ids.delete(oldest);
    this.#byAge[this.#next] = id;
    this.#ids.add(id);
    this.#next = (this.#next + 1) % this.#capacity;
    return true;
  }
}

/** Keeps the latest `capacity` entries; older ones are forgotten, so that memory stays flat. */
export class RecentMap<V> {
  readonly #capacity: number;
  readonly #entries = new Map<string, V>();
  /** The same keys by age, as a ring: a Map finds its own oldest only by walking over all it has lost. */
  readonly #byAge: string[] = [];
  #next = 0;

  /** @param capacity 0: it keeps nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    if (this.#capacity < 1) return;
    if (!this.#entries.has(key)) this.#makeRoomFor(key);
    this.#entries.set(key, value);
  }

  /** Gives the entry away; undefined when there is none, or not any more. */
  take(key: string): V | undefined {
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    return value;
  }

  #makeRoomFor(key: string): void {
    const oldest = this.#byAge[this.#next];
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.#byAge[this.#next] = key;
    this.#next = (this.#next + 1) % this.#capacity;
  }
}

import { RecentUuids, readUuid } from './recent-uuids.ts';

/** Remembers the latest ids it was asked about: UUIDs, as nearly all are, in a quarter of the memory of their texts. */
export class RecentIds {
  readonly #capacity: number;
  readonly #uuids: RecentUuids;
  /** Of the id that is asked about. */
  readonly #numbers = new Uint32Array(4);
  readonly #others = new Set<string>();
  /** The same by age, as a ring: a Set finds its own oldest only by walking over all it has lost. */
  readonly #byAge: string[] = [];
  #next = 0;

  /** @param capacity of UUIDs, and of others too; 0: it remembers nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#uuids = new RecentUuids(Math.max(capacity, 1));
  }

  /** Whether the id is new; from then on it is not. */
  add(id: string): boolean {
    if (this.#capacity < 1) return true;
    return readUuid(id, this.#numbers) ? this.#uuids.add(this.#numbers) : this.#addOther(id);
  }

  #addOther(id: string): boolean {
    const before = this.#others.size;
    // One look-up, where `has` would be a second one.
    if (this.#others.add(id).size === before) return false;
    const oldest = this.#byAge[this.#next];
    if (oldest !== undefined) this.#others.delete(oldest);
    this.#byAge[this.#next] = id;
    this.#next = (this.#next + 1) % this.#capacity;
    return true;
  }
}

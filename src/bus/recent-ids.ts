import { RecentMap } from '../kernel/index.ts';

/** Remembers the latest ids it was asked about. */
export class RecentIds {
  readonly #ids: RecentMap<true>;

  /** @param capacity 0: it remembers nothing. */
  constructor(capacity: number) {
    this.#ids = new RecentMap(capacity);
  }

  /** Whether the id is new; from then on it is not. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.set(id, true);
    return true;
  }
}

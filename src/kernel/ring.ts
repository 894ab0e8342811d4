/** The latest `capacity` of something, oldest first. */
export class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(item: T): void {
    this.#items.push(item);
    // Cut at twice the size, so that a full ring does not move every item at each addition.
    if (this.#items.length >= 2 * this.#capacity) this.#items = this.#latest();
  }

  items(): readonly T[] {
    return this.#latest();
  }

  #latest(): T[] {
    return this.#items.slice(Math.max(0, this.#items.length - this.#capacity));
  }
}

/** First in, first out, at a constant cost: an array's own `shift` moves everything behind it. */
export class Queue<T> {
  #items: T[] = [];
  /** Index of the first that was not taken. */
  #next = 0;

  get isEmpty(): boolean {
    return this.#next === this.#items.length;
  }

  get length(): number {
    return this.#items.length - this.#next;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.isEmpty) return undefined;
    const item = this.#items[this.#next++];
    const isMostlyTaken = this.#next >= 32 && this.#next * 2 >= this.#items.length;
    if (isMostlyTaken || this.isEmpty) {
      this.#items = this.#items.slice(this.#next);
      this.#next = 0;
    }
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#next = 0;
  }
}

/** The first of many at a logarithmic cost, whatever the order in which they came. */
export class Heap<T> {
  readonly #isBefore: (one: T, other: T) => boolean;
  /** Each stands before the two at twice its place, plus one and plus two. */
  readonly #items: T[] = [];

  constructor(isBefore: (one: T, other: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#items.length;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    let place = this.#items.push(item) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isBefore(item, this.#items[above] as T)) break;
      this.#items[place] = this.#items[above] as T;
      place = above;
    }
    this.#items[place] = item;
  }

  /** Gives the first one away. */
  pop(): T | undefined {
    const [first] = this.#items;
    const last = this.#items.pop();
    if (this.#items.length > 0) this.#sink(last as T);
    return first;
  }

  /** Another, of those for which it holds. */
  only(holds: (item: T) => boolean): Heap<T> {
    const others = new Heap<T>(this.#isBefore);
    for (const item of this.#items) if (holds(item)) others.push(item);
    return others;
  }

  clear(): void {
    this.#items.length = 0;
  }

  #sink(item: T): void {
    const items = this.#items;
    let place = 0;
    for (let below = 1; below < items.length; below = 2 * place + 1) {
      const right = below + 1;
      if (right < items.length && this.#isBefore(items[right] as T, items[below] as T)) below = right;
      if (!this.#isBefore(items[below] as T, item)) break;
      items[place] = items[below] as T;
      place = below;
    }
    items[place] = item;
  }
}

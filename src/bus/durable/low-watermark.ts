/** Positions that are not done with, and the lowest of them at a constant cost. */
export class LowWatermark {
  readonly #positions = new Set<number>();
  /** Those and some that are done with, ascending from `#next` on; sorted when it has to be. */
  #inOrder: number[] = [];
  #next = 0;
  #highest = 0;
  #isSorted = true;

  add(position: number): void {
    this.#positions.add(position);
    if (position < this.#highest) this.#isSorted = false;
    else this.#highest = position;
    if (this.#isSorted) this.#inOrder.push(position);
  }

  delete(position: number): void {
    this.#positions.delete(position);
  }

  lowest(): number | undefined {
    // One that stays undone must not let those that come and go behind it pile up.
    const hasPiledUp = this.#inOrder.length - this.#next > 2 * this.#positions.size + 1000;
    if (!this.#isSorted || hasPiledUp || this.#next > 10_000) this.#rebuild();
    while (this.#next < this.#inOrder.length) {
      const position = this.#inOrder[this.#next] as number;
      if (this.#positions.has(position)) return position;
      this.#next++;
    }
    return undefined;
  }

  #rebuild(): void {
    this.#inOrder = [...this.#positions].sort((one, other) => one - other);
    this.#next = 0;
    this.#isSorted = true;
  }
}

import type { BadLine } from '../../replay/index.ts';
import type { RefusalDifference } from './difference.ts';

/** Which lines of the history each of the two refused, held against one another. */
export class Refusals {
  readonly #ofCurrent = new Map<number, string>();
  readonly #differences: RefusalDifference[] = [];

  /** All of the current one's come first. */
  ofCurrent({ lineNumber, error }: BadLine): void {
    this.#ofCurrent.set(lineNumber, error.code);
  }

  ofCandidate({ lineNumber, error: { code } }: BadLine): void {
    const current = this.#ofCurrent.get(lineNumber);
    this.#ofCurrent.delete(lineNumber);
    if (current !== code) this.#differences.push({ lineNumber, current, candidate: code });
  }

  /** In the order of the lines. */
  differences(): readonly RefusalDifference[] {
    const left = [...this.#ofCurrent].map(([lineNumber, current]) => {
      return { lineNumber, current, candidate: undefined };
    });
    return [...this.#differences, ...left].sort((one, other) => one.lineNumber - other.lineNumber);
  }
}

import { type ProgressBar, plural } from '../../report/index.ts';
import type { BadLine } from './replay.ts';

/** So many bad lines are shown; a file that is no history at all would flood the terminal. */
const badLinesShown = 20;

/** Says of each bad line what is wrong with it, a line each, as they are found; of too many, how many more. */
export class BadLineWriter {
  readonly #screen: { write(text: string): unknown };
  readonly #bar: ProgressBar;
  #count = 0;

  /** @param bar taken away before something is written. */
  constructor(screen: { write(text: string): unknown }, bar: ProgressBar) {
    this.#screen = screen;
    this.#bar = bar;
  }

  write({ lineNumber, error }: BadLine): void {
    this.#count++;
    if (this.#count > badLinesShown) return;
    this.#bar.clear();
    this.#screen.write(`line ${lineNumber}: ${error.message}. ${error.help}\n`);
  }

  end(): void {
    const more = this.#count - badLinesShown;
    if (more > 0) this.#screen.write(`… and ${plural(more, 'more bad line')}\n`);
  }
}

import type { ReadingProgress } from '../kernel/index.ts';
import { terminalOf } from './terminal.ts';

/** Where a bar can be drawn: `process.stderr`. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const redrawEveryMs = 100;
const widestBar = 40;
const clearLine = '\r\u001b[2K';

/** One line on a terminal that is drawn over and over; on anything else, nothing at all. */
export class ProgressBar {
  readonly #screen: ProgressScreen;
  readonly #nowMs: () => number;
  #nextDrawMs: number;
  #isDrawn = false;

  /** Nothing is drawn for work that is done at once. */
  constructor(screen: ProgressScreen, nowMs: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#nowMs = nowMs;
    this.#nextDrawMs = nowMs() + redrawEveryMs;
  }

  update({ bytesRead, totalBytes }: ReadingProgress): void {
    const nowMs = this.#nowMs();
    if (!this.#screen.isTTY || nowMs < this.#nextDrawMs) return;
    this.#nextDrawMs = nowMs + redrawEveryMs;
    this.#isDrawn = true;
    this.#screen.write(
      clearLine + (totalBytes > 0 ? this.#bar(bytesRead / totalBytes) : inMegabytes(bytesRead)),
    );
  }

  /** Takes the bar away, so that something else can be written there. */
  clear(): void {
    if (this.#isDrawn) this.#screen.write(clearLine);
    this.#isDrawn = false;
  }

  #bar(done: number): string {
    const share = Math.min(1, done);
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    const width = Math.min(widestBar, (this.#screen.columns ?? 80) - percent.length - 2);
    if (width < 1) return percent;
    const filled = Math.round(share * width);
    const { cyan, dim } = terminalOf(this.#screen).colors;
    return `${cyan('━'.repeat(filled))}${dim('─'.repeat(width - filled))}${percent}`;
  }
}

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

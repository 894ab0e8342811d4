import type { Broker } from './broker.ts';

export interface WatcherOptions {
  readonly broker: Pick<Broker, 'send' | 'wait'>;
  /** The stream. */
  readonly messages: string;
  /** How often there is a round, though nothing comes; the server's milliseconds. */
  readonly everyMs: number;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  onNews(): void;
  onRound(): Promise<unknown>;
  /** Whoever is told of it calls `resume` when the broker may be back. */
  onOutage(thrown: unknown): void;
}

/**
 * Waits at the broker for what other processes publish. It counts the time by the server's answers: a worker needs no timer of
 * its own to say that it is alive.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  #isRunning = false;
  #isOver = false;
  #resume = (): void => {};
  #waiting: { resolve(): void; reject(reason: unknown): void }[] = [];

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run();
  }

  /** Resolves with the next round. */
  round(): Promise<void> {
    this.start();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** There will be no round for now. */
  interrupt(reason: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  resume(): void {
    this.#resume();
  }

  stop(): void {
    this.#isOver = true;
    this.#resume();
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  async #run(): Promise<void> {
    const { broker, messages, everyMs, now, onNews, onRound, onOutage } = this.#options;
    let last: string | undefined;
    let roundAtMs = now();
    while (!this.#isOver) {
      try {
        last ??= await this.#newest();
        const where = ['COUNT', '1', 'STREAMS', messages, last];
        const news = await broker.wait<unknown>(['XREAD', 'BLOCK', String(everyMs), ...where]);
        if (this.#isOver) return;
        if (news !== null) {
          last = await this.#newest();
          onNews();
          if (now() - roundAtMs < everyMs) continue;
        }
        roundAtMs = now();
        await onRound();
        for (const { resolve } of this.#waiting.splice(0)) resolve();
      } catch (thrown) {
        if (this.#isOver) return;
        last = undefined;
        const resumed = new Promise<void>((resolve) => {
          this.#resume = resolve;
        });
        onOutage(thrown);
        await resumed;
        onNews();
      }
    }
  }

  async #newest(): Promise<string> {
    const { broker, messages } = this.#options;
    const [newest] = await broker.send<[string, unknown][]>(['XREVRANGE', messages, '+', '-', 'COUNT', '1']);
    return newest?.[0] ?? '0-0';
  }
}

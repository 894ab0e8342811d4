import { millisecondsInMinute } from 'date-fns/constants';
import type { Ledger, LedgerLine } from '../datastore/index.ts';
import { type Clock, type Logger, messageOf } from '../kernel/index.ts';
import { Alarm } from './alarm.ts';

export interface BacklogOptions {
  clock: Clock;
  ledger: Ledger;
  logger: Logger;
  /** Takes one delivery further: to its end, or to a later time. */
  resume(line: LedgerLine): Promise<void>;
}

/** How many deliveries are read from the ledger at once. */
const pageSize = 1000;
/** When the ledger could not be read or written, how long until it is tried again. */
const troubleDelayMs = millisecondsInMinute;

/** Deliveries that wait in the ledger, and are taken up again when their time has come. */
export class Backlog {
  readonly #options: BacklogOptions;
  readonly #alarm: Alarm;
  #working: Promise<void> | undefined;

  constructor(options: BacklogOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => this.#work());
  }

  /** Takes up what a process that died had in hand, and what became due while nobody was running. */
  async start(): Promise<void> {
    const { ledger } = this.#options;
    await this.#resumePages(() => ledger.interrupted(pageSize));
    this.#work();
    await this.settle();
  }

  /** A delivery is due at this time: milliseconds since the epoch. */
  expectAt(dueAtMs: number): void {
    this.#alarm.setFor(dueAtMs);
  }

  /** Resolves when nothing whose time has come is in hand. */
  async settle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /** Finishes what is in hand; what waits stays in the ledger. */
  async stop(): Promise<void> {
    this.#alarm.off();
    await this.settle();
    // What was in hand may have set it again.
    this.#alarm.off();
  }

  #work(): void {
    this.#working ??= this.#resumeDue().finally(() => {
      this.#working = undefined;
    });
  }

  async #resumeDue(): Promise<void> {
    const { clock, ledger, logger } = this.#options;
    try {
      await this.#resumePages(() => ledger.due(clock.now(), pageSize));
      const nextMs = await ledger.nextDueMs();
      if (nextMs !== undefined) this.expectAt(nextMs);
    } catch (thrown) {
      logger.error({ reason: messageOf(thrown) }, 'deferred deliveries could not be handled');
      this.expectAt(clock.now() + troubleDelayMs);
    }
  }

  async #resumePages(nextPage: () => Promise<readonly LedgerLine[]>): Promise<void> {
    for (let lines = await nextPage(); lines.length > 0; lines = await nextPage()) {
      await Promise.all(lines.map((line) => this.#options.resume(line)));
    }
  }
}

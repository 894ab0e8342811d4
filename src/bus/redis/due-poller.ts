import { Alarm, type Clock, type InFlightCounter } from '../../kernel/index.ts';
import type { Broker } from './broker.ts';
import { run, type Script } from './scripts.ts';

export interface DuePollerOptions {
  readonly broker: Pick<Broker, 'send'>;
  /** Takes what is due, and says how much that was, and when the next is due. */
  readonly script: Script;
  readonly keys: readonly string[];
  /** By which it is due. */
  readonly clock: Clock;
  readonly inFlight: InFlightCounter;
  /** Some was due, and stands in a stream now. */
  onTaken(): void;
  onOutage(thrown: unknown): void;
}

/** What waits with the broker for its time: whichever worker is the first has it put into a stream then. */
export class DuePoller {
  readonly #options: DuePollerOptions;
  readonly #alarm: Alarm;
  #isOver = false;

  constructor(options: DuePollerOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => void this.take());
  }

  /** Something is due at that time. */
  setFor(dueAtMs: number): void {
    if (!this.#isOver) this.#alarm.setFor(dueAtMs);
  }

  off(): void {
    this.#isOver = true;
    this.#alarm.off();
  }

  /** Never rejects. */
  take(): Promise<void> {
    return this.#options.inFlight.during(this.#take());
  }

  async #take(): Promise<void> {
    const { broker, clock, script, keys, onTaken, onOutage } = this.#options;
    try {
      while (!this.#isOver) {
        const nowMs = clock.now();
        const [taken, next] = await run<[number, string]>(broker, script, keys, [nowMs]);
        if (taken > 0) onTaken();
        if (next === '') return;
        if (Number(next) > nowMs) return this.setFor(Number(next));
      }
    } catch (thrown) {
      onOutage(thrown);
    }
  }
}

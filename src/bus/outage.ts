import { Alarm, AppError, type Clock, GrowingDelay, type Logger, messageOf } from '../kernel/index.ts';

export interface OutageOptions {
  clock: Clock;
  logger: Logger;
  /** What is away, as the log says it. Default: `datastore`. */
  of?: string;
  tryAgain(): void;
}

/** That what a bus keeps its messages in could not be read or written, until it is tried again. */
export class Outage {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #of: string;
  readonly #alarm: Alarm;
  readonly #delay: GrowingDelay;
  #thrown: readonly [unknown] | undefined;

  constructor({ clock, logger, of = 'datastore', tryAgain }: OutageOptions) {
    this.#clock = clock;
    this.#logger = logger;
    this.#of = of;
    this.#alarm = new Alarm(clock, tryAgain);
    this.#delay = new GrowingDelay(clock);
  }

  get isThere(): boolean {
    return this.#thrown !== undefined;
  }

  /** Says so in one line of the log, however many notice it. */
  note(thrown: unknown): void {
    if (this.#thrown === undefined) {
      const code = thrown instanceof AppError ? thrown.code : undefined;
      this.#logger.error({ code, reason: messageOf(thrown) }, `the bus waits for its ${this.#of}`);
    }
    this.#thrown = [thrown];
    this.#alarm.setFor(this.#clock.now() + this.#delay.next());
  }

  throwIfThere(): void {
    if (this.#thrown !== undefined) throw this.#thrown[0];
  }

  clear(): void {
    this.#thrown = undefined;
    this.#alarm.off();
  }
}

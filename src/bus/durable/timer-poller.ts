import type { ConsumptionStore, DeadMessage, MessageTimer, TimerChange } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import { Alarm, type Clock, type InFlightCounter } from '../../kernel/index.ts';
import { partition } from '../partition.ts';

export interface TimerPollerOptions {
  consumption: ConsumptionStore;
  clock: Clock;
  /** @throws {InvalidMessageError} what nobody can be given. */
  parse(input: unknown): Message;
  /** Publishes the messages of timers, and takes those away, all or nothing. */
  fire(
    messages: readonly Message[],
    dead: readonly DeadMessage[],
    fired: readonly MessageTimer[],
  ): Promise<void>;
  onOutage(thrown: unknown): void;
  /** Counts while it looks for timers, and publishes. */
  inFlight: InFlightCounter;
}

const pageSize = 256;

/** Publishes the messages whose time has come, of all subscribers, once somebody consumes. */
export class TimerPoller {
  readonly #options: TimerPollerOptions;
  readonly #alarm: Alarm;
  #isOpen = false;
  #isReading = false;
  #readAgain = false;

  constructor(options: TimerPollerOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => this.takeDue());
  }

  /** Somebody consumes. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.takeDue();
  }

  close(): void {
    this.#isOpen = false;
    this.#alarm.off();
  }

  /** These were set, or are off. */
  changed(changes: readonly TimerChange[]): void {
    if (!this.#isOpen) return;
    for (const { timer } of changes) if (timer !== null) this.#alarm.setFor(timer.dueAtMs);
  }

  takeDue(): void {
    if (!this.#isOpen) return;
    this.#readAgain = true;
    if (this.#isReading) return;
    this.#isReading = true;
    const { inFlight, onOutage } = this.#options;
    inFlight.enter();
    void this.#read()
      .catch(onOutage)
      .finally(() => {
        this.#isReading = false;
        inFlight.leave();
      });
  }

  async #read(): Promise<void> {
    const { consumption, clock, fire } = this.#options;
    while (this.#readAgain && this.#isOpen) {
      this.#readAgain = false;
      const nowMs = clock.now();
      const due = await consumption.dueTimers({ nowMs, limit: pageSize });
      if (!this.#isOpen) return;
      if (due.length > 0) {
        const { accepted, refused } = partition(this.#options.parse, due.map(messageOf), nowMs);
        await fire(accepted, refused, due);
        this.#readAgain = true;
        continue;
      }
      const nextMs = await consumption.nextTimerMs(nowMs);
      if (nextMs !== undefined && this.#isOpen) this.#alarm.setFor(nextMs);
    }
  }
}

const messageOf = ({ message }: MessageTimer): unknown => JSON.parse(message);

import { millisecondsInMinute } from 'date-fns/constants';
import { Alarm, type Clock } from '../kernel/index.ts';
import { type DueDelivery, idOf, lineOf } from './task.ts';
import type { Tenure } from './tenure.ts';

/** One delivery that somebody else is to send. */
export interface Handover {
  readonly notificationId: string;
  readonly id: string;
  readonly line: string;
  /** Whether a place is kept for it. */
  readonly hasPlace: boolean;
}

export interface HandoversOptions {
  /** One that makes no steps. */
  clock: Clock;
  /** Is held as long as any is on its way. */
  tenure: Tenure;
  /** Told of those that have not come back in time, oldest first; they are not waited for any more. */
  onLost(lost: readonly Handover[]): void;
}

/** By then it has come back, or got lost. */
const waitMs = 10 * millisecondsInMinute;

/**
 * The deliveries of one channel that somebody else is to send: who entered them, or took them over when they were due.
 * What is on its way can get lost, such as a message that nobody could handle; the delivery must not.
 */
export class Handovers {
  readonly #options: HandoversOptions;
  readonly #alarm: Alarm;
  /** By delivery id, oldest first. */
  readonly #handovers = new Map<string, Handover & { readonly untilMs: number }>();
  #hasStopped = false;

  constructor(options: HandoversOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => this.#giveUpLost());
  }

  /** It is on its way to somebody. One that was before is waited for anew: answers with what is no more true of it. */
  give(due: DueDelivery, hasPlace: boolean): Handover | undefined {
    const id = idOf(due);
    const before = this.comeBack(id);
    this.#await({ notificationId: due.delivery.notificationId, id, line: lineOf(due), hasPlace });
    return before;
  }

  /** They are lost, and could not be taken back: once more, later. */
  giveAgain(lost: readonly Handover[]): void {
    for (const each of lost) if (!this.#handovers.has(each.id)) this.#await({ ...each, hasPlace: false });
  }

  /** Whether it is on its way. */
  has(id: string): boolean {
    return this.#handovers.has(id);
  }

  /** It comes to be sent. Undefined: nobody was waiting for it, or not any more. */
  comeBack(id: string): Handover | undefined {
    const handover = this.#handovers.get(id);
    if (!this.#handovers.delete(id)) return undefined;
    this.#options.tenure.drop();
    if (this.#handovers.size === 0) this.#alarm.off();
    return handover;
  }

  /** Waits for none of them any more: the next process takes them up. */
  stop(): void {
    this.#hasStopped = true;
    for (const _ of this.#handovers.keys()) this.#options.tenure.drop();
    this.#handovers.clear();
    this.#alarm.off();
  }

  #await(handover: Handover): void {
    if (this.#hasStopped) return;
    const untilMs = this.#options.clock.now() + waitMs;
    this.#options.tenure.hold();
    this.#handovers.set(handover.id, { untilMs, ...handover });
    this.#alarm.setFor(untilMs);
  }

  #giveUpLost(): void {
    const nowMs = this.#options.clock.now();
    const lost: Handover[] = [];
    for (const handover of this.#handovers.values()) {
      if (handover.untilMs > nowMs) {
        this.#alarm.setFor(handover.untilMs);
        break;
      }
      this.#handovers.delete(handover.id);
      this.#options.tenure.drop();
      lost.push(handover);
    }
    if (lost.length > 0) this.#options.onLost(lost);
  }
}

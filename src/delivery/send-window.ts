import { type Clock, Queue } from '../kernel/index.ts';

export interface SendWindowOptions {
  /** One that makes no steps. */
  clock: Clock;
  /** It never grows beyond. */
  most: number;
}

/** Who waits for a place among those that are under way. */
export interface WaitingSend {
  /** @returns whether it has departed. */
  go(): boolean;
  /** There will be none for now. */
  putOff(untilMs: number): void;
}

const firstLimit = 128;
/** It doubles at most so often: by then a provider has said whether it is busy. */
const growsEveryMs = 100;

/**
 * How many messages are on their way to one endpoint at once. Begins small and doubles as long as answers come in, so
 * that a backlog does not hit a provider that is busy all at once.
 */
export class SendWindow {
  readonly #clock: Clock;
  readonly #most: number;
  #limit: number;
  #grewAtMs: number;
  #underWay = 0;
  #waiting = new Queue<WaitingSend>();

  constructor({ clock, most }: SendWindowOptions) {
    this.#clock = clock;
    this.#most = most;
    this.#limit = Math.min(firstLimit, most);
    this.#grewAtMs = clock.now();
  }

  /** Goes at once, or when a place becomes free. */
  enter(send: WaitingSend): void {
    if (this.#underWay < this.#limit) this.#go(send);
    else this.#waiting.push(send);
  }

  /** As many wait as may ever be under way at once. */
  get isCrowded(): boolean {
    return this.#waiting.length >= this.#most;
  }

  leave(): void {
    this.#underWay--;
    this.#grow();
    while (this.#underWay < this.#limit) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#go(next);
    }
  }

  /** Nobody is to wait here: the endpoint is left alone until then. */
  putOffAll(untilMs: number): void {
    const waiting = this.#waiting;
    this.#waiting = new Queue();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next.putOff(untilMs);
  }

  #go(send: WaitingSend): void {
    if (send.go()) this.#underWay++;
  }

  #grow(): void {
    const nowMs = this.#clock.now();
    if (nowMs - this.#grewAtMs < growsEveryMs || this.#underWay < this.#limit / 2) return;
    this.#grewAtMs = nowMs;
    this.#limit = Math.min(this.#most, this.#limit * 2);
  }
}

import type { Clock, InFlightCounter } from '../kernel/index.ts';
import type { Receipt, SendContext } from './channel.ts';

/** Where flights depart from. */
export interface Airfield {
  readonly clock: Clock;
  readonly inFlight: InFlightCounter;
  /** It is over. */
  onLanding(flight: Flight): void;
  /** It begins to wait on the clock. */
  onWait(flight: Flight): void;
}

/** Told once how a flight ended: with what the provider gave, or with what the channel threw. */
export interface Landing {
  arrived(receipt: string): void;
  crashed(thrown: unknown): void;
}

/** One message on its way to a provider. What comes after its end is not heard. */
export class Flight {
  readonly deadlineMs: number;
  /** Those that left before and after it, as long as they are under way. */
  previous: Flight | undefined;
  next: Flight | undefined;
  readonly #airfield: Airfield;
  readonly #landing: Landing;
  /** Made when it is asked for: most channels never look at the signal. */
  #controller: AbortController | undefined;
  #waits = 0;
  #isOver = false;

  constructor(airfield: Airfield, landing: Landing, deadlineMs: number) {
    this.#airfield = airfield;
    this.#landing = landing;
    this.deadlineMs = deadlineMs;
  }

  get isWaiting(): boolean {
    return this.#waits > 0;
  }

  /** What the channel is given. */
  context(idempotencyKey: string): SendContext {
    return new Context(idempotencyKey, this);
  }

  /** The channel has a receipt of the provider. */
  answered(receipt: Receipt): void {
    if (typeof receipt?.id !== 'string') this.failed(new TypeError('the channel gave no receipt'));
    else if (this.#land()) this.#landing.arrived(receipt.id);
  }

  failed(thrown: unknown): void {
    if (this.#land()) this.#landing.crashed(thrown);
  }

  /** Aborts the signal. A channel that answers to that at once is still heard: it may know how far it came. */
  giveUp(reason: Error): void {
    this.#abortable().abort(reason);
    setImmediate(() => this.failed(reason));
  }

  /** See {@link SendContext.signal}. */
  get signal(): AbortSignal {
    return this.#abortable().signal;
  }

  /** See {@link SendContext.wait}. */
  wait(ms: number): Promise<void> {
    const { clock, inFlight } = this.#airfield;
    // Nobody waits for a flight that is over, so there is nothing that it could wait for.
    if (this.#isOver) this.#abortable().abort();
    const { signal } = this;
    const waiting = new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      if (this.#waits++ === 0) inFlight.leave();
      const goOn = (): void => {
        signal.removeEventListener('abort', giveUp);
        if (--this.#waits === 0) inFlight.enter();
      };
      const cancel = clock.schedule(clock.now() + ms, () => {
        goOn();
        resolve();
      });
      const giveUp = (): void => {
        cancel();
        goOn();
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp);
    });
    // A channel that does not look at it must not end the process.
    waiting.catch(() => {});
    this.#airfield.onWait(this);
    return waiting;
  }

  #land(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#airfield.onLanding(this);
    // What else it began to wait for would keep the clock busy.
    if (this.#waits > 0) this.#abortable().abort();
    return true;
  }

  #abortable(): AbortController {
    this.#controller ??= new AbortController();
    return this.#controller;
  }
}

/** Made for every message, so that it has nothing of its own but the key. */
class Context implements SendContext {
  readonly idempotencyKey: string;
  readonly #flight: Flight;

  constructor(idempotencyKey: string, flight: Flight) {
    this.idempotencyKey = idempotencyKey;
    this.#flight = flight;
  }

  get signal(): AbortSignal {
    return this.#flight.signal;
  }

  get wait(): SendContext['wait'] {
    return (ms) => this.#flight.wait(ms);
  }
}

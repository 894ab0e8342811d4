import { type Clock, type InFlightCounter, type Limited, TimeLimits } from '../kernel/index.ts';
import type { Receipt, SendContext } from './channel.ts';
import { DeliveryStoppedError, SendTimeoutError } from './errors.ts';

export interface InFlightSendsOptions {
  /** One that makes no steps. */
  clock: Clock;
  inFlight: InFlightCounter;
  /** How long a provider may take to answer. */
  timeoutMs: number;
}

/** Told once how a send ended: with what the provider gave, or with what the channel threw. */
export interface SendEnd {
  sent(receipt: string): void;
  failed(thrown: unknown): void;
}

/** The messages of one channel that its provider has not answered yet. All have the same time for it. */
export class InFlightSends {
  readonly clock: Clock;
  readonly inFlight: InFlightCounter;
  readonly timeoutMs: number;
  readonly #sends: TimeLimits<InFlightSend>;
  #isStopping = false;

  constructor({ clock, inFlight, timeoutMs }: InFlightSendsOptions) {
    this.clock = clock;
    this.inFlight = inFlight;
    this.timeoutMs = timeoutMs;
    this.#sends = new TimeLimits(clock, timeoutMs);
  }

  /** One that is given up when its time is over, or when the service ends. */
  depart(end: SendEnd): InFlightSend {
    const send = new InFlightSend(this, end);
    this.#sends.begin(send);
    return send;
  }

  /** It is over. */
  remove(send: InFlightSend): void {
    this.#sends.end(send);
  }

  /** It begins to wait on the clock. */
  waits(send: InFlightSend): void {
    if (this.#isStopping) send.giveUp(new DeliveryStoppedError());
  }

  /** From now on nothing waits on the clock any more: what does is given up. */
  stopWaiting(): void {
    this.#isStopping = true;
    for (const send of this.#sends) if (send.isWaiting) send.giveUp(new DeliveryStoppedError());
  }

  giveUpAll(): void {
    for (const send of this.#sends) send.giveUp(new DeliveryStoppedError());
  }
}

/** One message on its way to a provider. What comes after its end is not heard. */
export class InFlightSend implements Limited {
  readonly #all: InFlightSends;
  readonly #end: SendEnd;
  /** Made when it is asked for: most channels never look at the signal. */
  #controller: AbortController | undefined;
  #waits = 0;
  #isOver = false;

  constructor(all: InFlightSends, end: SendEnd) {
    this.#all = all;
    this.#end = end;
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
    else if (this.#finish()) this.#end.sent(receipt.id);
  }

  failed(thrown: unknown): void {
    if (this.#finish()) this.#end.failed(thrown);
  }

  overrun(): void {
    this.giveUp(new SendTimeoutError(this.#all.timeoutMs));
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
    const { clock, inFlight } = this.#all;
    // Nobody waits for a send that is over, so there is nothing that it could wait for.
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
    this.#all.waits(this);
    return waiting;
  }

  #finish(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#all.remove(this);
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
  readonly #send: InFlightSend;

  constructor(idempotencyKey: string, send: InFlightSend) {
    this.idempotencyKey = idempotencyKey;
    this.#send = send;
  }

  get signal(): AbortSignal {
    return this.#send.signal;
  }

  get wait(): SendContext['wait'] {
    return (ms) => this.#send.wait(ms);
  }
}

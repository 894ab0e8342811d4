import { Alarm, type Clock, type InFlightCounter } from '../kernel/index.ts';
import { DeliveryStoppedError, SendTimeoutError } from './errors.ts';
import { type Airfield, Flight, type Landing } from './flight.ts';

export interface FlightsOptions {
  clock: Clock;
  inFlight: InFlightCounter;
  /** How long a provider may take to answer. */
  timeoutMs: number;
}

/**
 * The messages of one channel that its provider has not answered yet. All have the same time for it, so the
 * one that left first runs out of it first, and one timer serves all.
 */
export class Flights implements Airfield {
  readonly clock: Clock;
  readonly inFlight: InFlightCounter;
  readonly #timeoutMs: number;
  readonly #alarm: Alarm;
  /** The ends of a chain, in the order of departure: leaving a chain costs nothing. */
  #first: Flight | undefined;
  #last: Flight | undefined;
  #isStopping = false;

  constructor({ clock, inFlight, timeoutMs }: FlightsOptions) {
    this.clock = clock;
    this.inFlight = inFlight;
    this.#timeoutMs = timeoutMs;
    this.#alarm = new Alarm(clock, () => this.#giveUpOverdue());
  }

  /** A flight that is given up when its time is over, or when the service ends. */
  depart(landing: Landing): Flight {
    const flight = new Flight(this, landing, this.clock.now() + this.#timeoutMs);
    flight.previous = this.#last;
    if (this.#last === undefined) {
      this.#first = flight;
      this.#alarm.setFor(flight.deadlineMs);
    } else {
      this.#last.next = flight;
    }
    this.#last = flight;
    return flight;
  }

  onLanding(flight: Flight): void {
    const { previous, next } = flight;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    flight.previous = undefined;
    flight.next = undefined;
    if (this.#first === undefined) this.#alarm.off();
  }

  onWait(flight: Flight): void {
    if (this.#isStopping) flight.giveUp(new DeliveryStoppedError());
  }

  /** From now on nothing waits on the clock any more: what does is given up. */
  stopWaiting(): void {
    this.#isStopping = true;
    this.#giveUpWhere((flight) => flight.isWaiting);
  }

  giveUpAll(): void {
    this.#giveUpWhere(() => true);
  }

  #giveUpWhere(isMeant: (flight: Flight) => boolean): void {
    for (let flight = this.#first; flight !== undefined; flight = flight.next)
      if (isMeant(flight)) flight.giveUp(new DeliveryStoppedError());
  }

  #giveUpOverdue(): void {
    const nowMs = this.clock.now();
    for (let flight = this.#first; flight !== undefined; flight = flight.next) {
      if (flight.deadlineMs > nowMs) {
        this.#alarm.setFor(flight.deadlineMs);
        return;
      }
      flight.giveUp(new SendTimeoutError(this.#timeoutMs));
    }
  }
}

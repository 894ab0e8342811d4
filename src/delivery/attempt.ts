import type { InFlightCounter, Permit, Term } from '../kernel/index.ts';
import { type Departure, type DepartureOptions, hand, prepare, type SendRequest } from './departure.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import { DeliveryStoppedError } from './errors.ts';
import { type Failure, failureOf, ourFailure } from './failure.ts';
import type { InFlightSends, SendEnd } from './in-flight-sends.ts';
import type { WaitingSend } from './send-window.ts';
import type { Tenure } from './tenure.ts';

/** What came of one attempt at a delivery. */
export type AttemptResult =
  | { readonly kind: 'sent'; readonly receipt: string; readonly isShortened: boolean }
  /** The provider was not asked, and had better not be before then: since it kept failing, or for now. */
  | { readonly kind: 'held-back'; readonly untilMs: number; readonly isCircuitOpen?: boolean }
  /** `untilMs`: the provider is busy until then. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly untilMs?: number }
  /** The service stopped before the provider had answered. */
  | { readonly kind: 'left' }
  /** The lease may have run out: it is not certain that it is still ours to send. */
  | { readonly kind: 'lapsed' };

export interface AttemptsOptions extends DepartureOptions {
  endpoints: Endpoints;
  sends: InFlightSends;
  inFlight: InFlightCounter;
  tenure: Tenure;
}

/** Of one endpoint, so many may wait in memory; of more, it is no use to look at them all the time. */
const crowdedDelayMs = 5000;

/**
 * Attempts at deliveries of one channel: renders in the customer's language, asks whether the endpoint may be asked,
 * hands the message to the channel, and waits for the answer as long as it may take.
 */
export class Attempts {
  readonly #options: AttemptsOptions;
  #isOver = false;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Calls `done` once, at once or later; never throws. */
  begin(request: SendRequest, done: (result: AttemptResult) => void): void {
    let departure: Departure;
    try {
      departure = prepare(this.#options, request);
    } catch (thrown) {
      // Our own refusal, such as a template that lacks a variable: nothing has left the house.
      done({ kind: 'failed', failure: ourFailure(thrown) });
      return;
    }
    const { endpoints, sends } = this.#options;
    const endpoint = endpoints.of(departure.message.to);
    const { window } = endpoint;
    const attempt = new Attempt(this, { departure, endpoint, done });
    // Those of one slow endpoint must not take the places of all others.
    const isCrowded = window !== endpoints.provider.window && window.isCrowded;
    if (isCrowded) attempt.putOff(sends.clock.now() + crowdedDelayMs);
    else window.enter(attempt);
  }

  /** From now on nothing leaves any more. */
  end(): void {
    this.#isOver = true;
  }

  /** @returns whether it has departed. */
  depart({ departure, endpoint, done }: Prepared): boolean {
    if (this.#isOver) {
      done({ kind: 'left' });
      return false;
    }
    if (!this.#options.tenure.isCurrent) {
      done({ kind: 'lapsed' });
      return false;
    }
    const passage = this.#ask(endpoint);
    if (passage.permits === undefined) {
      const { untilMs, isCircuitOpen } = passage;
      done({ kind: 'held-back', untilMs, isCircuitOpen });
      return false;
    }
    const { inFlight, sends } = this.#options;
    inFlight.enter();
    const report = new Report(
      { endpoint, permits: passage.permits, isShortened: departure.isShortened },
      (result) => {
        done(result);
        endpoint.window.leave();
        inFlight.leave();
      },
    );
    hand(departure, sends.depart(report));
    return true;
  }

  /** Whether the endpoint, and the provider before it, may be asked. */
  #ask(endpoint: Endpoint): { permits: Permits } | HeldBack {
    const { provider } = this.#options.endpoints;
    const { breaker, pace } = endpoint;
    if (pace.permits < 1) return { untilMs: pace.readyAtMs, isCircuitOpen: false };
    const ofProvider = provider.breaker.enter();
    if (ofProvider === undefined) return { untilMs: provider.breaker.readyAtMs, isCircuitOpen: true };
    const ofEndpoint = breaker === provider.breaker ? ofProvider : breaker.enter();
    if (ofEndpoint === undefined) {
      provider.breaker.release(ofProvider);
      return { untilMs: breaker.readyAtMs, isCircuitOpen: true };
    }
    return { permits: { provider, ofProvider, ofEndpoint, term: pace.take() } };
  }
}

/** What is ready to leave for an endpoint, and who is told what came of it. */
interface Prepared {
  readonly departure: Departure;
  readonly endpoint: Endpoint;
  readonly done: (result: AttemptResult) => void;
}

/** One that waits for a place among those that are on their way to its endpoint. */
class Attempt implements WaitingSend {
  readonly #attempts: Attempts;
  readonly #prepared: Prepared;

  constructor(attempts: Attempts, prepared: Prepared) {
    this.#attempts = attempts;
    this.#prepared = prepared;
  }

  go(): boolean {
    return this.#attempts.depart(this.#prepared);
  }

  putOff(untilMs: number): void {
    this.#prepared.done({ kind: 'held-back', untilMs });
  }
}

interface HeldBack {
  readonly permits?: never;
  readonly untilMs: number;
  readonly isCircuitOpen: boolean;
}

/** What was needed to depart. */
interface Permits {
  readonly provider: Endpoint;
  readonly ofProvider: Permit;
  readonly ofEndpoint: Permit;
  readonly term: Term;
}

interface Trip {
  readonly endpoint: Endpoint;
  readonly permits: Permits;
  readonly isShortened: boolean;
}

/** Tells the endpoint, the provider, and who asked for the attempt, what came of it. */
class Report implements SendEnd {
  readonly #trip: Trip;
  readonly #done: (result: AttemptResult) => void;

  constructor(trip: Trip, done: (result: AttemptResult) => void) {
    this.#trip = trip;
    this.#done = done;
  }

  sent(receipt: string): void {
    this.#trip.endpoint.pace.took();
    this.#isWell();
    this.#done({ kind: 'sent', receipt, isShortened: this.#trip.isShortened });
  }

  failed(thrown: unknown): void {
    const { endpoint, permits } = this.#trip;
    const { provider, ofProvider, ofEndpoint, term } = permits;
    if (thrown instanceof DeliveryStoppedError) {
      this.#release();
      this.#done({ kind: 'left' });
      return;
    }
    const failure = failureOf(thrown);
    if (failure.kind === 'defect') {
      // It says nothing of the provider.
      this.#release();
      this.#done({ kind: 'failed', failure });
      return;
    }
    const isOfRecipient = failure.scope === 'recipient';
    if (failure.kind === 'throttled') {
      this.#isWell();
      const untilMs = isOfRecipient ? undefined : endpoint.pace.refused(term, failure.retryAfterMs);
      if (untilMs !== undefined) endpoint.window.putOffAll(untilMs);
      this.#done({ kind: 'failed', failure, ...(untilMs !== undefined && { untilMs }) });
      return;
    }
    // A refusal for good, or of one recipient, is an answer: the provider is well.
    if (failure.kind === 'permanent' || isOfRecipient) this.#isWell();
    else if (failure.scope === 'provider') {
      provider.breaker.failed(ofProvider);
      if (endpoint.breaker !== provider.breaker) endpoint.breaker.release(ofEndpoint);
    } else {
      endpoint.breaker.failed(ofEndpoint);
      if (endpoint.breaker !== provider.breaker) provider.breaker.release(ofProvider);
    }
    this.#done({ kind: 'failed', failure });
  }

  #isWell(): void {
    const { endpoint, permits } = this.#trip;
    const { provider, ofProvider, ofEndpoint } = permits;
    provider.breaker.succeeded(ofProvider);
    if (endpoint.breaker !== provider.breaker) endpoint.breaker.succeeded(ofEndpoint);
  }

  #release(): void {
    const { endpoint, permits } = this.#trip;
    const { provider, ofProvider, ofEndpoint } = permits;
    provider.breaker.release(ofProvider);
    if (endpoint.breaker !== provider.breaker) endpoint.breaker.release(ofEndpoint);
  }
}

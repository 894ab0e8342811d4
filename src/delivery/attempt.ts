import type { Recipient } from '../datastore/index.ts';
import { addressOf, deliveryId, type Notification, type Templates } from '../notifications/index.ts';
import type { Channel, OutgoingMessage } from './channel.ts';
import type { CircuitBreaker, Pass } from './circuit-breaker.ts';
import { DeliveryStoppedError, UnknownChannelError } from './errors.ts';
import { type Failure, failureOf, ourFailure } from './failure.ts';
import type { Landing } from './flight.ts';
import type { Flights } from './flights.ts';

export interface SendRequest {
  readonly notification: Pick<Notification, 'id' | 'type' | 'variables'>;
  readonly recipient: Recipient;
}

/** What came of one attempt at a delivery. */
export type AttemptResult =
  | { readonly kind: 'sent'; readonly receipt: string }
  /** The circuit breaker is open until then: the provider was not asked. */
  | { readonly kind: 'held-back'; readonly untilMs: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The service stopped before the provider had answered. */
  | { readonly kind: 'left' };

/** Never rejects, nor throws. */
export type Attempt = (request: SendRequest) => Promise<AttemptResult>;

export interface AttemptOptions {
  channelName: string;
  /** Undefined: it is not running any more. */
  channel: Channel | undefined;
  templates: Templates;
  breaker: CircuitBreaker;
  flights: Flights;
}

/**
 * Attempts at deliveries of one channel: renders in the customer's language, asks the breaker, hands the
 * message to the channel, and waits for the answer as long as it may take.
 */
export function createAttempt({
  channelName,
  channel,
  templates,
  breaker,
  flights,
}: AttemptOptions): Attempt {
  function prepare(request: SendRequest): Departure {
    if (channel === undefined) throw new UnknownChannelError(channelName);
    const idempotencyKey = deliveryId(request.notification.id, channelName);
    return { channel, message: render(channel, templates, request), idempotencyKey };
  }

  return (request) => {
    let departure: Departure;
    try {
      departure = prepare(request);
    } catch (thrown) {
      // Our own refusal, such as a template that lacks a variable: nothing has left the house.
      return Promise.resolve({ kind: 'failed', failure: ourFailure(thrown) });
    }
    const pass = breaker.enter();
    if (pass === undefined) return Promise.resolve({ kind: 'held-back', untilMs: breaker.readyAtMs });
    return hand(departure, { breaker, flights, pass });
  };
}

interface Departure {
  readonly channel: Channel;
  readonly message: OutgoingMessage;
  readonly idempotencyKey: string;
}

function render(
  channel: Channel,
  templates: Templates,
  { notification, recipient }: SendRequest,
): OutgoingMessage {
  const content = templates.render({
    type: notification.type,
    family: channel.templates,
    locale: recipient.locale,
    customerName: recipient.name,
    variables: notification.variables,
  });
  return { to: addressOf(recipient, channel.name) ?? '', recipientName: recipient.name, content };
}

interface HandOptions {
  breaker: CircuitBreaker;
  pass: Pass;
  flights: Flights;
}

/** Resolves with the provider's answer, or when nobody waits for it any more. */
function hand(
  { channel, message, idempotencyKey }: Departure,
  { breaker, pass, flights }: HandOptions,
): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const flight = flights.depart(new Report(breaker, pass, resolve));
    try {
      Promise.resolve(channel.send(message, flight.context(idempotencyKey))).then(
        (receipt) => flight.answered(receipt),
        (thrown) => flight.failed(thrown),
      );
    } catch (thrown) {
      flight.failed(thrown);
    }
  });
}

/** Tells the breaker, and who asked for the attempt, what came of it. */
class Report implements Landing {
  readonly #breaker: CircuitBreaker;
  readonly #pass: Pass;
  readonly #resolve: (result: AttemptResult) => void;

  constructor(breaker: CircuitBreaker, pass: Pass, resolve: (result: AttemptResult) => void) {
    this.#breaker = breaker;
    this.#pass = pass;
    this.#resolve = resolve;
  }

  arrived(receipt: string): void {
    this.#breaker.succeeded(this.#pass);
    this.#resolve({ kind: 'sent', receipt });
  }

  crashed(thrown: unknown): void {
    if (thrown instanceof DeliveryStoppedError) {
      this.#resolve({ kind: 'left' });
      return;
    }
    const failure = failureOf(thrown);
    // A refusal for good is an answer: the provider is well.
    if (failure.kind === 'permanent') this.#breaker.succeeded(this.#pass);
    else this.#breaker.failed(this.#pass);
    this.#resolve({ kind: 'failed', failure });
  }
}

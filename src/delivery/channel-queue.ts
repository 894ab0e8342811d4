import type { Datastore, DeliveryRecord, Recipient } from '../datastore/index.ts';
import { type Clock, type InFlightCounter, type Logger, messageOf, type Random } from '../kernel/index.ts';
import {
  addressOf,
  deliveryId,
  type Notification,
  type ShopFacts,
  type Templates,
  usefulUntilMs,
} from '../notifications/index.ts';
import { type Attempt, type AttemptResult, createAttempt, type SendRequest } from './attempt.ts';
import { Backlog, type DueLine } from './backlog.ts';
import type { Channel } from './channel.ts';
import { type BreakerState, CircuitBreaker } from './circuit-breaker.ts';
import { UnknownRecipientError } from './errors.ts';
import { type Failure, judge, ourFailure, withinUsefulness } from './failure.ts';
import { Flights } from './flights.ts';
import { type LedgerWriter, troubleDelayMs } from './ledger-writer.ts';
import { deferred, failed, type Outcome, objectedTo, sent } from './outcome.ts';
import type { PolicyGate } from './policy-gate.ts';
import type { CompleteSettings } from './settings.ts';

export interface ChannelQueueOptions {
  channelName: string;
  /** Undefined: it is not running any more. */
  channel: Channel | undefined;
  clock: Clock;
  random: Random;
  datastore: Datastore;
  templates: Templates;
  settings: CompleteSettings;
  gate: PolicyGate;
  writer: LedgerWriter;
  inFlight: InFlightCounter;
  logger: Logger;
  /** Takes over each delivery whose time has come. Left out: it is started. */
  onDue?: (task: DueDelivery) => Promise<void>;
}

/** A delivery that waited in the ledger, and whose time has come. */
export interface DueDelivery {
  readonly notification: Notification;
  readonly delivery: DeliveryRecord;
}

/** How many deliveries are read from the ledger at once. */
const pageSize = 1000;

/** So long a place is kept for a delivery that somebody took over: by then it has come back, or got lost. */
const keptForMs = 10 * 60_000;

/** One delivery, ready to be taken through the policy steps to its channel. */
export interface Task {
  readonly notification: Notification;
  readonly delivery: DeliveryRecord;
  /** Undefined: nobody knows the customer. */
  readonly recipient: Recipient | undefined;
  /** How the shop stands, for one that waited. Left out: it did not. */
  readonly facts?: ShopFacts | undefined;
  /** Told how the delivery stands when it is out of hand. */
  readonly done?: (delivery: DeliveryRecord) => void;
}

/**
 * The deliveries of one channel: a limited number in hand at once, any number waiting in the ledger. However
 * slow its provider is, memory stays flat and no other channel waits.
 */
export class ChannelQueue {
  readonly #options: ChannelQueueOptions;
  readonly #breaker: CircuitBreaker;
  readonly #flights: Flights;
  readonly #backlog: Backlog;
  readonly #attempt: Attempt;
  #inHand = 0;
  /** By id, when somebody took them over: each has a place until it is sent. */
  readonly #takenOver = new Map<string, number>();

  constructor(options: ChannelQueueOptions) {
    this.#options = options;
    const { clock, inFlight, settings } = options;
    this.#breaker = new CircuitBreaker({
      clock,
      policy: settings.breaker,
      onChange: (state) => this.#breakerBecame(state),
    });
    this.#flights = new Flights({ clock, inFlight, timeoutMs: settings.sendTimeoutMs });
    this.#attempt = createAttempt({ ...options, breaker: this.#breaker, flights: this.#flights });
    this.#backlog = new Backlog({
      ...options,
      room: () => this.#room(),
      resume: (line) => this.#resume(line),
    });
  }

  get breakerState(): BreakerState {
    return this.#breaker.state;
  }

  /**
   * Keeps a place for a delivery that is about to be started; false when there is none, so that it has to
   * wait in the ledger. While others wait there, they have every second place. One that was taken over when it
   * was due has its place already.
   */
  reserve(id?: string): boolean {
    const { maxInHand } = this.#options.settings;
    this.#freeForgotten();
    if (id !== undefined && this.#takenOver.delete(id)) return true;
    if (this.#inHand >= (this.#backlog.isDue ? maxInHand / 2 : maxInHand)) return false;
    this.#inHand++;
    return true;
  }

  /** The place is not needed after all. */
  release(): void {
    this.#inHand--;
    this.#backlog.wake();
  }

  /** Takes a delivery that has a place further: to its end, or to a later time. */
  start(task: Task): void {
    const { clock, gate } = this.#options;
    const { notification, delivery, recipient, facts } = task;
    const nowMs = clock.now();
    try {
      if (recipient === undefined) throw new UnknownRecipientError(notification.customerId);
      const objection = gate.objection({ notification, channel: delivery.channel, recipient, nowMs, facts });
      if (objection === undefined) this.#send(task, { notification, recipient });
      else this.#record(task, objectedTo(delivery, objection, nowMs));
    } catch (thrown) {
      this.#fail(task, ourFailure(thrown));
    }
  }

  /** Something in the ledger is due at this time: milliseconds since the epoch. */
  expectAt(dueAtMs: number): void {
    this.#backlog.expectAt(dueAtMs);
  }

  /** Takes no more from the ledger, and nothing that is in hand waits on the clock any more. */
  stop(): void {
    this.#backlog.stop();
    this.#flights.stopWaiting();
  }

  /** Leaves everything that the provider has not answered yet. */
  leaveAll(): void {
    this.#flights.giveUpAll();
  }

  #send(task: Task, request: SendRequest): void {
    const { inFlight } = this.#options;
    inFlight.enter();
    void this.#attempt(request).then((result) => {
      this.#conclude(task, result);
      inFlight.leave();
    });
  }

  #conclude(task: Task, result: AttemptResult): void {
    const { delivery } = task;
    const nowMs = this.#options.clock.now();
    switch (result.kind) {
      case 'sent':
        this.#record(task, sent(delivery, result.receipt, nowMs));
        break;
      case 'held-back': {
        const { untilMs } = result;
        this.#record(task, deferred(delivery, { reason: 'provider_unavailable', untilMs }, nowMs));
        break;
      }
      case 'failed':
        this.#fail(task, result.failure);
        break;
      case 'left':
        this.#finish(task, delivery);
    }
  }

  #fail(task: Task, failure: Failure): void {
    const { clock, logger, settings } = this.#options;
    const { notification, delivery, recipient } = task;
    const { channel } = delivery;
    const untilMs = usefulUntilMs(notification, settings.usefulForMinutes);
    const verdict = judge(failure, delivery.attempts + 1, this.#options);
    const judgement = withinUsefulness(verdict, untilMs, clock.now());
    const fields = {
      deliveryId: deliveryId(notification.id, channel),
      reason: judgement.reason,
      code: failure.code,
    };
    if (judgement.delayMs === undefined) logger.error(fields, 'delivery failed');
    else logger.warn(fields, 'delivery failed, and will be tried again');
    const address = recipient && addressOf(recipient, channel);
    this.#record(task, failed(delivery, { failure, judgement, address }, clock.now()));
  }

  #record(task: Task, outcome: Outcome): void {
    const { writer } = this.#options;
    writer.record(task.notification, task.delivery, outcome, (isRecorded) => {
      const delivery = isRecorded ? (outcome.delivery ?? task.delivery) : task.delivery;
      if (isRecorded && delivery.dueAtMs !== null) this.#backlog.expectAt(delivery.dueAtMs);
      this.#finish(task, delivery);
    });
  }

  #finish({ done }: Task, delivery: DeliveryRecord): void {
    done?.(delivery);
    this.release();
  }

  #resume({ notification, delivery, recipient, facts }: DueLine): void {
    this.#inHand++;
    if (this.#options.onDue === undefined) this.start({ notification, delivery, recipient, facts });
    else void this.#options.inFlight.during(this.#giveAway({ notification, delivery }));
  }

  /** To whoever takes over what is due. */
  async #giveAway(due: DueDelivery): Promise<void> {
    const { onDue, logger } = this.#options;
    const id = deliveryId(due.notification.id, due.delivery.channel);
    this.#takenOver.set(id, this.#options.clock.now());
    try {
      await onDue?.(due);
    } catch (thrown) {
      logger.error({ reason: messageOf(thrown) }, 'nobody took over a delivery that is due');
      await this.leave(due, troubleDelayMs);
      if (this.#takenOver.delete(id)) this.release();
    }
  }

  /** What was taken over and never sent, such as a message that nobody could handle, is not waited for. */
  #freeForgotten(): void {
    const nowMs = this.#options.clock.now();
    for (const [id, atMs] of this.#takenOver) {
      if (nowMs - atMs < keptForMs) return;
      this.#takenOver.delete(id);
      this.#inHand--;
    }
  }

  /** Leaves a delivery without a place in the ledger, due after so long; resolves when it is there. */
  leave({ notification, delivery }: DueDelivery, delayMs = 0): Promise<void> {
    const { clock, writer } = this.#options;
    const atMs = clock.now();
    const dueAtMs = atMs + delayMs;
    return new Promise((resolve) => {
      writer.record(notification, delivery, { atMs, delivery: { ...delivery, dueAtMs } }, (isRecorded) => {
        if (isRecorded) this.#backlog.expectAt(dueAtMs);
        resolve();
      });
    });
  }

  #room(): number {
    const { maxInHand } = this.#options.settings;
    this.#freeForgotten();
    const free = maxInHand - this.#inHand;
    const { state, allowance, readyAtMs } = this.#breaker;
    if (allowance === 0) {
      // Until then it sleeps; when a probe is on its way, what comes of that wakes it.
      if (state === 'open') this.#backlog.expectAt(readyAtMs);
      return 0;
    }
    // Each time it is a transaction, so it had better be worth it.
    return free < maxInHand / 4 ? 0 : Math.min(free, allowance, pageSize);
  }

  #breakerBecame(state: BreakerState): void {
    const { channelName, logger } = this.#options;
    const fields = { channel: channelName, breaker: state };
    if (state === 'open') logger.warn(fields, 'the provider fails, and is left alone');
    else logger.info(fields, state === 'closed' ? 'the provider is back' : 'the provider is probed');
  }
}

import type { Datastore, DeliveryRecord } from '../datastore/index.ts';
import { type Clock, type InFlightCounter, type Logger, messageOf, type Random } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import { Attempts } from './attempt.ts';
import { Backlog, type DueLine } from './backlog.ts';
import type { Channel } from './channel.ts';
import { Conclusions } from './conclusions.ts';
import { Endpoints, sayingSo } from './endpoints.ts';
import { UnknownRecipientError } from './errors.ts';
import { ourFailure } from './failure.ts';
import { type Handover, Handovers } from './handovers.ts';
import { InFlightSends } from './in-flight-sends.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { type Outcome, objectedTo, waitsForProvider } from './outcome.ts';
import { Places } from './places.ts';
import type { PolicyChain } from './policy-chain.ts';
import type { CompleteSettings } from './settings.ts';
import { type DueDelivery, idOf, lineOf, type Task } from './task.ts';
import type { Tenure } from './tenure.ts';
import { Turn } from './turn.ts';
import { Turns } from './turns.ts';

export interface ChannelQueueOptions {
  channelName: string;
  /** Undefined: it is not running any more. */
  channel: Channel | undefined;
  /** What time it is on the wall: of verdicts, quiet hours and expiry. */
  clock: Clock;
  /** The same without steps: of what lasts, and of what is due. */
  steadyClock: Clock;
  random: Random;
  datastore: Datastore;
  templates: Templates;
  settings: CompleteSettings;
  policies: PolicyChain;
  writer: LedgerWriter;
  inFlight: InFlightCounter;
  logger: Logger;
  tenure: Tenure;
  /** Takes over each delivery whose time has come. Left out: it is started. */
  onDue?: (task: DueDelivery) => Promise<void>;
}

/** When nobody takes over what is due, how long until it is offered again. */
const notTakenOverDelayMs = 5000;

/** How many deliveries are read from the ledger at once. */
const pageSize = 1000;

/**
 * The deliveries of one channel: a limited number in hand at once, any number waiting in the ledger. However
 * slow its provider is, memory stays flat and no other channel waits.
 */
export class ChannelQueue {
  readonly #options: ChannelQueueOptions;
  readonly #endpoints: Endpoints;
  readonly #sends: InFlightSends;
  readonly #backlog: Backlog;
  readonly #attempts: Attempts;
  readonly #places: Places;
  readonly #handovers: Handovers;
  readonly #turns: Turns;
  readonly #conclusions: Conclusions;

  constructor(options: ChannelQueueOptions) {
    this.#options = options;
    const { inFlight, settings, steadyClock, tenure } = options;
    const clock = steadyClock;
    this.#endpoints = new Endpoints({
      ...options,
      clock,
      onBreaker: sayingSo(options),
    });
    this.#sends = new InFlightSends({ clock, inFlight, timeoutMs: settings.sendTimeoutMs });
    this.#attempts = new Attempts({ ...options, endpoints: this.#endpoints, sends: this.#sends });
    this.#backlog = new Backlog({
      ...options,
      clock,
      wallClock: options.clock,
      room: () => this.#room(),
      resume: (line) => this.#resume(line),
    });
    this.#turns = new Turns(clock);
    this.#conclusions = new Conclusions({
      ...options,
      onDone: (task, delivery) => this.#finish(task, delivery),
    });
    this.#places = new Places(settings.maxInHand, tenure);
    this.#handovers = new Handovers({
      clock,
      tenure,
      onLost: (lost) => void inFlight.during(this.#takeBack(lost)),
    });
  }

  get breakerState(): Endpoints['state'] {
    return this.#endpoints.state;
  }

  /**
   * Keeps a place for a delivery that is about to be started; false when there is none, so that it has to
   * wait in the ledger; none while another worker has the lease. While others wait there, they have every second place. One that was handed over when it
   * was due has its place already.
   */
  reserve(id?: string): boolean {
    if (this.#options.tenure.standsBy) return false;
    if (id !== undefined && this.#handovers.comeBack(id)?.hasPlace) return true;
    return this.#places.take(this.#backlog.isDue ? 0.5 : 1);
  }

  /** The place is not needed after all. */
  release(): void {
    this.#places.release();
    this.#backlog.wake();
  }

  /** Whether somebody else was to bring it back, and has not yet. */
  awaits(id: string): boolean {
    return this.#handovers.has(id);
  }

  /** Somebody else is to bring it back, to be sent in its turn. If nobody does, it is due before long. */
  handOver(due: DueDelivery, { hasPlace = false } = {}): void {
    this.#turns.expect(lineOf(due), idOf(due));
    if (this.#handovers.give(due, hasPlace)?.hasPlace) this.#places.release();
  }

  /** Takes a delivery that has a place further: to its end, or to a later time. */
  start(task: Task): void {
    const { clock, policies } = this.#options;
    const { notification, delivery, recipient, facts } = task;
    const { channel } = delivery;
    const nowMs = clock.now();
    try {
      if (recipient === undefined) throw new UnknownRecipientError(notification.customerId);
      const objection = policies.objection({ notification, channel, recipient, nowMs, facts });
      if (objection !== undefined) {
        this.#conclusions.record(task, objectedTo(delivery, objection, nowMs));
        return;
      }
      const turn = new Turn({ task, recipient, attempts: this.#attempts, conclusions: this.#conclusions });
      this.#turns.come(lineOf(task), idOf(task), turn);
    } catch (thrown) {
      this.#conclusions.fail(task, ourFailure(thrown));
    }
  }

  /** Something in the ledger is due at this time, of the clock that makes no steps. */
  expectAt(dueAtMs: number): void {
    const { tenure } = this.#options;
    if (tenure.standsBy) tenure.tellHolder();
    else this.#backlog.expectAt(dueAtMs);
  }

  /** Takes no more from the ledger, and nothing that is in hand waits on the clock any more. */
  stop(): void {
    this.#backlog.stop();
    this.#handovers.stop();
    this.#sends.stopWaiting();
  }

  /** Leaves everything that the provider has not answered yet. */
  leaveAll(): void {
    this.#attempts.end();
    this.#sends.giveUpAll();
  }

  #finish(task: Task, delivery: DeliveryRecord): void {
    const { dueAtMs, reason } = delivery;
    if (dueAtMs !== null) this.#backlog.expectAt(dueAtMs);
    task.done?.(delivery);
    // What of the same line is behind it waits as long.
    if (dueAtMs !== null && waitsForProvider.has(reason))
      this.#turns.putOff(lineOf(task), idOf(task), dueAtMs);
    else this.#turns.leave(lineOf(task), idOf(task));
    this.release();
  }

  #resume({ notification, delivery, recipient, facts }: DueLine): void {
    this.#places.take(Number.POSITIVE_INFINITY);
    if (this.#options.onDue === undefined) this.start({ notification, delivery, recipient, facts });
    else void this.#options.inFlight.during(this.#giveAway({ notification, delivery }));
  }

  /** To whoever takes over what is due. */
  async #giveAway(due: DueDelivery): Promise<void> {
    const { onDue, logger } = this.#options;
    this.handOver(due, { hasPlace: true });
    try {
      await onDue?.(due);
    } catch (thrown) {
      logger.error({ reason: messageOf(thrown) }, 'nobody took over a delivery that is due');
      await this.leave(due, notTakenOverDelayMs);
      if (this.#handovers.comeBack(idOf(due))?.hasPlace) this.release();
    }
  }

  /** Nobody has brought them back: they are due again, those that have not come to their end meanwhile. */
  async #takeBack(lost: readonly Handover[]): Promise<void> {
    const { channelName, datastore, logger, steadyClock, tenure } = this.#options;
    for (const { id, line, hasPlace } of lost) {
      this.#turns.leave(line, id);
      if (hasPlace) this.#places.release();
    }
    const fields = { channel: channelName, deliveries: lost.length };
    const ids = lost.map(({ notificationId }) => notificationId);
    try {
      const resumed = await datastore.ledger.resumeLost(channelName, ids, steadyClock.now(), tenure.token);
      if (resumed > 0) logger.warn({ ...fields, resumed }, 'what nobody has sent is due again');
    } catch (thrown) {
      if (tenure.endsWith(thrown)) return;
      logger.error({ ...fields, reason: messageOf(thrown) }, 'the ledger could not be written');
      this.#handovers.giveAgain(lost);
    }
    this.#backlog.expectAt(steadyClock.now());
  }

  /** Leaves a delivery without a place in the ledger, due after so long; resolves when it is there. */
  leave(due: DueDelivery, delayMs = 0): Promise<void> {
    const { clock, steadyClock, writer } = this.#options;
    const { notification, delivery } = due;
    const dueAtMs = steadyClock.now() + delayMs;
    const outcome: Outcome = { atMs: clock.now(), delivery: { ...delivery, dueAtMs } };
    return new Promise((resolve) => {
      writer.record(notification, delivery, outcome, (isRecorded) => {
        this.#turns.putOff(lineOf(due), idOf(due), dueAtMs);
        if (isRecorded) this.#backlog.expectAt(dueAtMs);
        resolve();
      });
    });
  }

  #room(): number {
    const { free, isWorthIt } = this.#places;
    const { breaker, pace } = this.#endpoints.provider;
    const permits = Math.min(breaker.permits, pace.permits);
    if (permits < 1) {
      // Until then it sleeps; when a probe is on its way, what comes of that wakes it.
      if (breaker.permits >= 1) this.#backlog.expectAt(pace.readyAtMs);
      else if (breaker.state === 'open') this.#backlog.expectAt(breaker.readyAtMs);
      return 0;
    }
    // Each time it is a transaction, so it had better be worth it.
    return isWorthIt ? Math.min(free, permits, pageSize) : 0;
  }
}

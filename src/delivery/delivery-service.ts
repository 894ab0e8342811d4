import { type DeliveryKey, type DeliveryRecord, WorkLease } from '../datastore/index.ts';
import {
  type BreakerState,
  type Clock,
  InFlightCounter,
  silentLogger,
  steadyClock,
  systemRandom,
} from '../kernel/index.ts';
import { createTemplates, deliveryId, type Notification } from '../notifications/index.ts';
import { refuseDoubles, refuseWithoutTemplates } from './check-channels.ts';
import { Desk } from './desk.ts';
import { Desks } from './desks.ts';
import { DeliveryStoppedError } from './errors.ts';
import type { EntryStores, JointEntry, ToEnter } from './joint-entry.ts';
import { Lookups } from './lookups.ts';
import { createTell } from './observers.ts';
import type { DeliveryServiceOptions } from './options.ts';
import { completeSettings } from './settings.ts';
import type { DueDelivery } from './task.ts';
import { Tenure } from './tenure.ts';

/**
 * Takes notifications through the policy steps to their channels. Each delivery is entered in the ledger
 * before anything is done about it and ends in exactly one terminal state there; one that is asked for
 * again is not sent again. What waits, waits in the ledger, so memory does not grow with it and a restart
 * on the same datastore goes on. Each channel has a queue, and each endpoint a circuit breaker of its own, so that a
 * provider that stalls or fails holds up neither the caller nor another channel.
 *
 * Of several services on one datastore, the one that holds the lease sends; what the others enter is due in the ledger at
 * once, and they go on where it stopped when its lease has run out.
 */
export class DeliveryService {
  readonly #options: DeliveryServiceOptions;
  readonly #lease: WorkLease;
  /** Of what lasts, and of what is due. */
  readonly #steadyClock: Clock;
  readonly #inFlight: InFlightCounter;
  readonly #stopWithinMs: number;
  readonly #desks: Desks;
  readonly #lookups: Lookups;
  #hasStopped = false;

  /** @throws {InvalidSettingError} when a setting makes no sense. */
  constructor(options: DeliveryServiceOptions) {
    const { clock, datastore, channels, random = systemRandom(), logger = silentLogger } = options;
    const { templates = createTemplates() } = options;
    refuseDoubles(channels);
    refuseWithoutTemplates(channels, templates);
    const settings = completeSettings(options);
    this.#options = options;
    this.#lease = options.lease ?? new WorkLease({ datastore, clock, logger });
    this.#inFlight = new InFlightCounter(options.inFlight);
    this.#stopWithinMs = settings.stopWithinMs;
    this.#steadyClock = steadyClock(clock);
    this.#lookups = new Lookups(datastore, clock);
    const parts = { clock, steadyClock: this.#steadyClock, datastore, logger, inFlight: this.#inFlight };
    const ports = {
      ...parts,
      channels,
      random,
      templates,
      settings,
      tell: createTell({ ...options, ...parts }),
    };
    const { onDue } = options;
    this.#desks = new Desks({
      ...parts,
      lease: this.#lease,
      deskFor: (token) =>
        new Desk({
          ...ports,
          tenure: new Tenure(this.#lease, token),
          recipientOf: this.#lookups.recipientOf,
          ...(onDue && { onDue }),
        }),
    });
  }

  /**
   * Goes on where an earlier process on the same datastore stopped: what waited is taken up again, and what
   * was in hand when it died is treated as `onUnknownOutcome` says. Resolves when that is on record; the
   * sending goes on behind it. While another service has the lease, it is left what it has. Call it before the first
   * `request`.
   * @throws {AlreadyConsumedError} another process works on the datastore.
   */
  async start(): Promise<void> {
    await this.#desks.start();
  }

  /**
   * Resolves when every delivery of the notification is entered in the ledger, and so will come to its end
   * even if the process dies; sending them goes on behind it.
   * @throws {UnknownRecipientError} nothing is entered then.
   * @throws {DeliveryStoppedError} after `stop`.
   */
  async request(notification: Notification): Promise<void> {
    const states = await this.#during(({ enqueuer }) => enqueuer.start(notification, { isAwaited: false }));
    for (const state of states) if (state instanceof Promise) await state;
  }

  /**
   * The same, and waits until every delivery has reached its end or waits in the ledger: answers how each
   * stands then. One that an earlier request has in hand is answered as it stands now.
   */
  async deliver(notification: Notification): Promise<readonly DeliveryRecord[]> {
    return Promise.all(
      await this.#during(({ enqueuer }) => enqueuer.start(notification, { isAwaited: true })),
    );
  }

  /**
   * Enters the deliveries of a notification and starts none of them.
   * @param only On these channels alone, which are running. Left out: on all that fit the customer.
   * @returns those that are new, for the caller to give to `send`. One that has not come there after ten minutes is due
   *   like any that waited, whatever became of the caller; should the process die before, at the next start. None
   *   while another service has the lease, which sends them.
   */
  async enter(notification: Notification, only?: readonly string[]): Promise<readonly DeliveryRecord[]> {
    return this.#during(async ({ enqueuer, queues }) => {
      const added = await enqueuer.enter(notification, only);
      for (const delivery of added) queues.of(delivery.channel).handOver({ notification, delivery });
      return added;
    });
  }

  /**
   * Enters deliveries in a transaction of the caller's, so that they are kept with what else it changes, or not at
   * all; those that are declined end there. Nothing is sent before the caller says that it is committed.
   * @throws {UnknownRecipientError} the caller had better let its transaction fail.
   * @throws {NothingToDeclineError} no policy step speaks against one that is declined.
   */
  async enterWithin(stores: EntryStores, all: readonly ToEnter[]): Promise<JointEntry> {
    this.#throwIfStopped();
    // Whatever asks the datastore outside of that transaction would wait for its end.
    return this.#inFlight.during(this.#desks.now.enterJointly(stores, all));
  }

  /**
   * Takes a delivery that was entered, or is due, through the policy steps to its channel.
   * @returns how it stands when it has reached its end or waits in the ledger; as given, when it is another's to send.
   * @throws {DatastoreUnavailableError} nothing was begun; without being asked again, it is due before long.
   */
  async send({ notification, delivery }: DueDelivery): Promise<DeliveryRecord> {
    // Begun before this ends, so that there is no moment at which nothing seems to go on.
    const { done } = await this.#during(async ({ queues, tenure }) => {
      if (tenure.standsBy) return { done: delivery };
      const queue = queues.of(delivery.channel);
      if (!queue.awaits(deliveryId(notification.id, delivery.channel))) {
        // What was entered under another lease may have been sent, or put off, under that.
        const now = await this.#lookups.asItStands(delivery);
        if (now.status !== 'pending' || now.dueAtMs !== null) return { done: now };
      }
      const { recipient, facts } = await this.#lookups.around({ notification, delivery }).catch((thrown) => {
        queue.handOver({ notification, delivery });
        throw thrown;
      });
      if (queue.reserve(deliveryId(notification.id, delivery.channel))) {
        return {
          done: new Promise<DeliveryRecord>((done) =>
            queue.start({ notification, delivery, recipient, facts, done }),
          ),
        };
      }
      await queue.leave({ notification, delivery });
      return { done: delivery };
    });
    return done;
  }

  /**
   * Puts on record that the caller has considered a notification and sends nothing, and why. Answers with the
   * deliveries that are new.
   * @throws {NothingToDeclineError} no policy step speaks against it.
   */
  async decline(notification: Notification): Promise<readonly DeliveryRecord[]> {
    return this.#during(({ enqueuer }) => enqueuer.decline(notification));
  }

  /**
   * Sends a dead letter on its way again, under its own id and through every policy step; it is tried as often as
   * one that is new.
   * @throws {NotDeadLetteredError} it is none, or was re-driven before.
   */
  async redrive(key: DeliveryKey): Promise<void> {
    await this.#desks.now.deadLetters.redrive(key);
  }

  /**
   * Ends a dead letter as skipped, so that nobody is asked about it any more.
   * @throws {NotDeadLetteredError} it is none.
   */
  async discard(key: DeliveryKey): Promise<void> {
    await this.#desks.now.deadLetters.discard(key);
  }

  /** How the circuit breakers of each channel stand: the worst of its endpoints. */
  breakers(): ReadonlyMap<string, BreakerState> {
    return this.#desks.now.queues.breakers();
  }

  /**
   * Resolves when nothing is in hand and nothing is due, or when all that is in hand waits on the clock, so
   * that only time is missing. A provider that does not answer is waited for.
   */
  async settle(): Promise<void> {
    await this.#inFlight.idle();
  }

  /**
   * Takes nothing new and finishes what is in hand, except what waits on the clock, and whatever a provider
   * has not answered within `stopWithinMs`: that stays in the ledger, as what waits there does, and the next
   * process takes it up. Nobody is told anything after it.
   */
  async stop(): Promise<void> {
    this.#hasStopped = true;
    this.#desks.stop();
    const endMs = this.#steadyClock.now() + this.#stopWithinMs;
    const cancel = this.#steadyClock.schedule(endMs, () => this.#desks.now.queues.leaveAll());
    await this.#inFlight.idle();
    cancel();
    this.#desks.leave();
    if (this.#options.lease === undefined) await this.#lease.end();
  }

  /** `settle` and `stop` wait for it. */
  async #during<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
    this.#throwIfStopped();
    return this.#inFlight.during(this.#desks.at(work));
  }

  #throwIfStopped(): void {
    if (this.#hasStopped) throw new DeliveryStoppedError();
  }
}

import type { DeliveryKey, DeliveryRecord, Recipient } from '../datastore/index.ts';
import {
  type BreakerState,
  type Clock,
  createBatcher,
  InFlightCounter,
  silentLogger,
  steadyClock,
  systemRandom,
} from '../kernel/index.ts';
import { createTemplates, deliveryId, type Notification, type ShopFacts } from '../notifications/index.ts';
import { ChannelQueues } from './channel-queues.ts';
import { refuseDoubles, refuseWithoutTemplates } from './check-channels.ts';
import { DeadLetters } from './dead-letters.ts';
import { createEnqueuer, type Enqueuer } from './enqueue.ts';
import { DeliveryStoppedError } from './errors.ts';
import { createJointEntry, type EntryStores, type JointEntry, type ToEnter } from './joint-entry.ts';
import { LedgerWriter } from './ledger-writer.ts';
import { createTell } from './observers.ts';
import type { DeliveryServiceOptions } from './options.ts';
import { concludeOrphaned } from './orphaned.ts';
import { PolicyChain } from './policy-chain.ts';
import { joinEarlyReceipts } from './receipts/joining.ts';
import { type CompleteSettings, completeSettings } from './settings.ts';
import { hasWaited, shopFactsOf } from './shop-facts.ts';
import type { DueDelivery } from './task.ts';

/**
 * Takes notifications through the policy steps to their channels. Each delivery is entered in the ledger
 * before anything is done about it and ends in exactly one terminal state there; one that is asked for
 * again is not sent again. What waits, waits in the ledger, so memory does not grow with it and a restart
 * on the same datastore goes on. Each channel has a queue, and each endpoint a circuit breaker of its own, so that a
 * provider that stalls or fails holds up neither the caller nor another channel.
 */
export class DeliveryService {
  readonly #options: DeliveryServiceOptions;
  readonly #settings: CompleteSettings;
  /** Of what lasts, and of what is due. */
  readonly #steadyClock: Clock;
  readonly #inFlight: InFlightCounter;
  readonly #writer: LedgerWriter;
  readonly #queues: ChannelQueues;
  readonly #enqueuer: Enqueuer;
  readonly #deadLetters: DeadLetters;
  readonly #enterJointly: ReturnType<typeof createJointEntry>;
  /** Many at once: a query for each would cost more than everything else together. */
  readonly #recipientOf: (customerId: string) => Promise<Recipient | undefined>;
  readonly #factsOf: (notification: Notification) => Promise<ShopFacts>;
  #hasStopped = false;

  /** @throws {InvalidSettingError} when a setting makes no sense. */
  constructor(options: DeliveryServiceOptions) {
    const { clock, datastore, channels, random = systemRandom(), logger = silentLogger } = options;
    const { templates = createTemplates() } = options;
    refuseDoubles(channels);
    refuseWithoutTemplates(channels, templates);
    this.#options = options;
    this.#inFlight = new InFlightCounter(options.inFlight);
    this.#settings = completeSettings(options);
    this.#steadyClock = steadyClock(clock);
    const parts = { clock, steadyClock: this.#steadyClock, datastore, logger, inFlight: this.#inFlight };
    const tell = createTell({ ...options, ...parts });
    this.#writer = new LedgerWriter({ ...parts, channels, tell });
    this.#queues = new ChannelQueues({
      ...parts,
      channels,
      random,
      templates,
      settings: this.#settings,
      policies: new PolicyChain({
        clock: this.#steadyClock,
        usefulForMinutes: this.#settings.usefulForMinutes,
      }),
      writer: this.#writer,
      ...(options.onDue && { onDue: options.onDue }),
    });
    this.#deadLetters = new DeadLetters({ ...parts, tell, queues: this.#queues });
    this.#recipientOf = createBatcher({
      runMany: (ids: readonly string[]) => datastore.customers.recipients(ids),
    });
    this.#factsOf = createBatcher({
      runMany: (notifications: readonly Notification[]) => shopFactsOf(datastore, notifications),
    });
    const { usefulForMinutes } = this.#settings;
    const entering = { ...parts, queues: this.#queues, writer: this.#writer, tell, usefulForMinutes };
    this.#enqueuer = createEnqueuer({ ...entering, recipientOf: this.#recipientOf });
    this.#enterJointly = createJointEntry(entering);
  }

  /**
   * Goes on where an earlier process on the same datastore stopped: what waited is taken up again, and what
   * was in hand when it died is treated as `onUnknownOutcome` says. Resolves when that is on record; the
   * sending goes on behind it. Call it before the first `request`.
   */
  async start(): Promise<void> {
    const { clock, datastore } = this.#options;
    const { ledger } = datastore;
    if (this.#settings.onUnknownOutcome === 'dead-letter') {
      await concludeOrphaned({ clock, ledger, writer: this.#writer });
    } else {
      await ledger.resumeOrphaned(this.#steadyClock.now());
    }
    await joinEarlyReceipts(datastore);
    for (const channel of await ledger.waitingChannels()) {
      const dueAtMs = await ledger.nextDueMs(channel);
      if (dueAtMs !== undefined) this.#queues.of(channel).expectAt(dueAtMs);
    }
  }

  /**
   * Resolves when every delivery of the notification is entered in the ledger, and so will come to its end
   * even if the process dies; sending them goes on behind it.
   * @throws {UnknownRecipientError} nothing is entered then.
   * @throws {DeliveryStoppedError} after `stop`.
   */
  async request(notification: Notification): Promise<void> {
    const states = await this.#during(() => this.#enqueuer.start(notification, { isAwaited: false }));
    for (const state of states) if (state instanceof Promise) await state;
  }

  /**
   * The same, and waits until every delivery has reached its end or waits in the ledger: answers how each
   * stands then. One that an earlier request has in hand is answered as it stands now.
   */
  async deliver(notification: Notification): Promise<readonly DeliveryRecord[]> {
    return Promise.all(await this.#during(() => this.#enqueuer.start(notification, { isAwaited: true })));
  }

  /**
   * Enters the deliveries of a notification and starts none of them.
   * @param only On these channels alone, which are running. Left out: on all that fit the customer.
   * @returns those that are new, for the caller to give to `send`. One that has not come there after ten minutes is due
   *   like any that waited, whatever became of the caller; should the process die before, at the next start.
   */
  async enter(notification: Notification, only?: readonly string[]): Promise<readonly DeliveryRecord[]> {
    return this.#during(async () => {
      const added = await this.#enqueuer.enter(notification, only);
      for (const delivery of added) this.#queues.of(delivery.channel).handOver({ notification, delivery });
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
    return this.#during(() => this.#enterJointly(stores, all));
  }

  /**
   * Takes a delivery that was entered, or is due, through the policy steps to its channel.
   * @returns how it stands when it has reached its end or waits in the ledger.
   * @throws {DatastoreUnavailableError} nothing was begun; without being asked again, it is due before long.
   */
  async send({ notification, delivery }: DueDelivery): Promise<DeliveryRecord> {
    // Begun before this ends, so that there is no moment at which nothing seems to go on.
    const { done } = await this.#during(async () => {
      const queue = this.#queues.of(delivery.channel);
      const { recipient, facts } = await this.#lookUp({ notification, delivery }).catch((thrown) => {
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
    return this.#during(() => this.#enqueuer.decline(notification));
  }

  /**
   * Sends a dead letter on its way again, under its own id and through every policy step; it is tried as often as
   * one that is new.
   * @throws {NotDeadLetteredError} it is none, or was re-driven before.
   */
  async redrive(key: DeliveryKey): Promise<void> {
    await this.#deadLetters.redrive(key);
  }

  /**
   * Ends a dead letter as skipped, so that nobody is asked about it any more.
   * @throws {NotDeadLetteredError} it is none.
   */
  async discard(key: DeliveryKey): Promise<void> {
    await this.#deadLetters.discard(key);
  }

  /** How the circuit breakers of each channel stand: the worst of its endpoints. */
  breakers(): ReadonlyMap<string, BreakerState> {
    return this.#queues.breakers();
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
    this.#writer.stopTrying();
    this.#queues.stop();
    const endMs = this.#steadyClock.now() + this.#settings.stopWithinMs;
    const cancel = this.#steadyClock.schedule(endMs, () => this.#queues.leaveAll());
    await this.#inFlight.idle();
    cancel();
  }

  async #lookUp({ notification, delivery }: DueDelivery) {
    const isLate = hasWaited(notification, delivery, this.#options.clock.now());
    const [recipient, facts] = await Promise.all([
      this.#recipientOf(notification.customerId),
      isLate ? this.#factsOf(notification) : undefined,
    ]);
    return { recipient, facts };
  }

  /** `settle` and `stop` wait for it. */
  async #during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#hasStopped) throw new DeliveryStoppedError();
    return this.#inFlight.during(work());
  }
}

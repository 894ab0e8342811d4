import type { Datastore, DeliveryRecord, LedgerEntry, Recipient } from '../datastore/index.ts';
import { type Clock, createBatcher } from '../kernel/index.ts';
import {
  channelsFor,
  firstObjection,
  type Notification,
  type Objection,
  type Usefulness,
} from '../notifications/index.ts';
import type { ChannelQueue } from './channel-queue.ts';
import type { ChannelQueues } from './channel-queues.ts';
import { NothingToDeclineError, UnknownRecipientError } from './errors.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { newDelivery } from './new-delivery.ts';
import { objectedTo, refused } from './outcome.ts';
import type { Tenure } from './tenure.ts';

export interface EnqueuerOptions {
  clock: Clock;
  /** Of what is due. */
  steadyClock: Clock;
  datastore: Datastore;
  queues: ChannelQueues;
  writer: LedgerWriter;
  recipientOf(customerId: string): Promise<Recipient | undefined>;
  usefulForMinutes: Usefulness;
  tenure: Tenure;
}

/** How a delivery stands, or will when it is out of hand. */
export type DeliveryState = DeliveryRecord | Promise<DeliveryRecord>;

/**
 * Enters the deliveries of a notification in the ledger. One that was there before is left as the first request
 * left it; when it was sent, the repetition is on record as refused.
 * Each throws {@link UnknownRecipientError}, and nothing is entered then.
 */
export interface Enqueuer {
  /** Starts those that are new and have a place in their queue; the others are due in the ledger at once. */
  start(notification: Notification, options: { isAwaited: boolean }): Promise<readonly DeliveryState[]>;
  /**
   * Leaves it to the caller to start those that are new, and answers with these: none that another worker sends.
   * @param only On these channels alone, whether or not the customer has an address there. Left out: on those that fit.
   */
  enter(notification: Notification, only?: readonly string[]): Promise<readonly DeliveryRecord[]>;
  /**
   * Skips those that are new, each for the reason that the policy gives, and answers with these.
   * @throws {NothingToDeclineError} the policy has nothing against one of them.
   */
  decline(notification: Notification): Promise<readonly DeliveryRecord[]>;
}

/** One delivery, and whether its queue has a place for it. */
interface Place {
  readonly queue: ChannelQueue;
  readonly isTaken: boolean;
  readonly delivery: DeliveryRecord;
}

const none: ReadonlyMap<string, DeliveryRecord> = new Map();

export function createEnqueuer({
  clock,
  steadyClock,
  queues,
  writer,
  recipientOf,
  ...options
}: EnqueuerOptions): Enqueuer {
  const { usefulForMinutes, tenure } = options;
  // Many at once: a transaction for each would cost more than everything else together.
  const open = createBatcher({
    runMany: (entries: readonly LedgerEntry[]) => options.datastore.ledger.open(entries, tenure.token),
    isSerial: true,
  });

  async function known(customerId: string): Promise<Recipient> {
    const recipient = await recipientOf(customerId);
    if (recipient === undefined) throw new UnknownRecipientError(customerId);
    return recipient;
  }

  /** Nobody but who holds the lease has anything in hand: what others enter is due. */
  const inHand = (): number | null => (tenure.standsBy ? steadyClock.now() : null);

  const channelsOf = ({ type }: Notification, recipient: Recipient): string[] =>
    channelsFor(type, recipient, queues.names);

  /** Since when it is tried: what happened long ago may be asked for only now. */
  const requested = (notification: Notification) => ({ requestedAtMs: clock.now(), ...notification });

  /** Those that are new. */
  async function openNew(notification: Notification, deliveries: readonly DeliveryRecord[]) {
    const present = await open({ notification: requested(notification), deliveries });
    if (present.length === 0) return { before: none, added: deliveries };
    const before = new Map(present.map((delivery) => [delivery.channel, delivery]));
    return { before, added: deliveries.filter(({ channel }) => !before.has(channel)) };
  }

  /** It was asked for again: one that was sent is refused; any other stands as the first request left it. */
  function repeat(notification: Notification, before: DeliveryRecord): DeliveryState {
    if (before.status !== 'sent') return before;
    return new Promise((resolve) => {
      writer.record(notification, before, refused(before, clock.now()), () => resolve(before));
    });
  }

  function place(notificationId: string, channel: string, nowMs: number): Place {
    const queue = queues.of(channel);
    const isTaken = queue.reserve();
    return { queue, isTaken, delivery: newDelivery(notificationId, channel, isTaken ? null : nowMs) };
  }

  async function openPlaces(notification: Notification, places: readonly Place[]) {
    try {
      return await openNew(
        notification,
        places.map(({ delivery }) => delivery),
      );
    } catch (thrown) {
      for (const { queue, isTaken } of places) if (isTaken) queue.release();
      throw thrown;
    }
  }

  return {
    async start(asked, { isAwaited }) {
      const recipient = await known(asked.customerId);
      const notification = requested(asked);
      const nowMs = steadyClock.now();
      const channels = channelsOf(notification, recipient);
      const places = channels.map((channel) => place(notification.id, channel, nowMs));
      const { before } = await openPlaces(notification, places);
      return places.map(({ queue, isTaken, delivery }) => {
        const earlier = before.get(delivery.channel);
        if (earlier !== undefined && isTaken) queue.release();
        if (earlier !== undefined) return repeat(notification, earlier);
        if (!isTaken) queue.expectAt(nowMs);
        else if (isAwaited)
          return new Promise((done) => queue.start({ notification, delivery, recipient, done }));
        else queue.start({ notification, delivery, recipient });
        return delivery;
      });
    },

    async enter(notification, only) {
      const recipient = await known(notification.customerId);
      const channels = only ?? channelsOf(notification, recipient);
      const deliveries = channels.map((channel) => newDelivery(notification.id, channel, inHand()));
      const { before, added } = await openNew(notification, deliveries);
      await Promise.all([...before.values()].map((earlier) => repeat(notification, earlier)));
      if (!tenure.standsBy) return added;
      if (added.length > 0) tenure.tellHolder();
      return [];
    },

    async decline(notification) {
      const recipient = await known(notification.customerId);
      const nowMs = clock.now();
      const objections = new Map<string, Objection>();
      for (const channel of channelsOf(notification, recipient)) {
        const objection = firstObjection({ notification, channel, recipient, nowMs, usefulForMinutes });
        if (objection?.outcome !== 'skip') throw new NothingToDeclineError(notification.id, channel);
        objections.set(channel, objection);
      }
      const deliveries = [...objections.keys()].map((channel) =>
        newDelivery(notification.id, channel, inHand()),
      );
      const { added } = await openNew(notification, deliveries);
      return Promise.all(
        added.map((delivery) => {
          const outcome = objectedTo(delivery, objections.get(delivery.channel) as Objection, nowMs);
          return new Promise<DeliveryRecord>((resolve) => {
            const after = outcome.delivery ?? delivery;
            writer.record(notification, delivery, outcome, () => resolve(after));
          });
        }),
      );
    },
  };
}

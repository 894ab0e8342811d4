import type { DeliveryRecord, LedgerEntry, Recipient, Stores } from '../datastore/index.ts';
import type { Clock } from '../kernel/index.ts';
import { channelsFor, firstObjection, type Notification, type Usefulness } from '../notifications/index.ts';
import type { ChannelQueues } from './channel-queues.ts';
import { NothingToDeclineError, UnknownRecipientError } from './errors.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { newDelivery } from './new-delivery.ts';
import type { Tell, Told } from './observers.ts';
import { type Outcome, objectedTo, refused } from './outcome.ts';

/** A notification that is to be entered. */
export interface ToEnter {
  readonly notification: Notification;
  /** The caller has considered it and sends nothing: only that, and why, is put on record. Default false. */
  readonly isDeclined?: boolean;
}

/** What was entered in a transaction of the caller's. */
export interface JointEntry {
  /** For each notification, how its deliveries stand: those that an earlier request left are among them. */
  readonly deliveries: readonly (readonly DeliveryRecord[])[];
  /** To be called when the transaction is committed: what is due is sent then, and observers are told. */
  committed(): void;
}

/** Of the stores of a transaction. */
export type EntryStores = Pick<Stores, 'customers' | 'ledger'>;

export interface JointEntryOptions {
  clock: Clock;
  /** Of what is due. */
  steadyClock: Clock;
  queues: ChannelQueues;
  writer: LedgerWriter;
  tell: Tell;
  usefulForMinutes: Usefulness;
}

type Enter = (stores: EntryStores, all: readonly ToEnter[]) => Promise<JointEntry>;

/**
 * Enters deliveries in a transaction that somebody else commits. They are due at once, in the ledger: should the
 * process die behind the commit, the next one sends them as if nothing had been.
 */
export function createJointEntry(options: JointEntryOptions): Enter {
  const { clock, steadyClock, queues, writer, tell, usefulForMinutes } = options;

  /** What speaks against a delivery that the caller has declined. */
  function declined(entry: ToEnter, delivery: DeliveryRecord, recipient: Recipient): Outcome {
    const { notification } = entry;
    const nowMs = clock.now();
    const { channel } = delivery;
    const objection = firstObjection({ notification, channel, recipient, nowMs, usefulForMinutes });
    if (objection?.outcome !== 'skip') throw new NothingToDeclineError(notification.id, channel);
    return objectedTo(delivery, objection, nowMs);
  }

  return async (stores, all) => {
    const recipients = await stores.customers.recipients(
      all.map(({ notification }) => notification.customerId),
    );
    const dueAtMs = steadyClock.now();
    const entries = all.map(({ notification }, index): LedgerEntry => {
      const recipient = recipients[index];
      if (recipient === undefined) throw new UnknownRecipientError(notification.customerId);
      const channels = channelsFor(notification.type, recipient, queues.names);
      return {
        notification: { requestedAtMs: clock.now(), ...notification },
        deliveries: channels.map((channel) => newDelivery(notification.id, channel, dueAtMs)),
      };
    });
    const present = await stores.ledger.open(entries);
    const ended: Told[] = [];
    const due = new Set<string>();
    const repeated: { readonly notification: Notification; readonly before: DeliveryRecord }[] = [];
    const deliveries = entries.map((entry, index) => {
      const asked = all[index] as ToEnter;
      const { notification } = asked;
      return entry.deliveries.map((delivery) => {
        const before = present[index]?.find(({ channel }) => channel === delivery.channel);
        if (before !== undefined) {
          if (before.status === 'sent') repeated.push({ notification, before });
          return before;
        }
        if (asked.isDeclined !== true) {
          due.add(delivery.channel);
          return delivery;
        }
        const outcome = declined(asked, delivery, recipients[index] as Recipient);
        const after = outcome.delivery ?? delivery;
        if (outcome.reason !== undefined)
          ended.push({ notification, delivery: after, reason: outcome.reason, atMs: outcome.atMs });
        return after;
      });
    });
    if (ended.length > 0)
      await stores.ledger.record(
        ended.map(({ delivery }) => delivery),
        [],
      );
    return {
      deliveries,
      committed() {
        for (const told of ended) tell(told);
        for (const { notification, before } of repeated)
          writer.record(notification, before, refused(before, clock.now()));
        for (const channel of due) queues.of(channel).expectAt(dueAtMs);
      },
    };
  };
}

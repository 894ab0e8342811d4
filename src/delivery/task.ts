import type { DeliveryRecord, Recipient } from '../datastore/index.ts';
import { deliveryId, type Notification, type ShopFacts } from '../notifications/index.ts';

/** A delivery that waited in the ledger, and whose time has come. */
export interface DueDelivery {
  readonly notification: Notification;
  readonly delivery: DeliveryRecord;
}

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

export const idOf = ({ notification, delivery }: DueDelivery): string =>
  deliveryId(notification.id, delivery.channel);

/** What is said to one customer of one subject is said in order. */
export const lineOf = ({ notification: { customerId, subject } }: DueDelivery): string =>
  `${customerId}\n${subject}`;

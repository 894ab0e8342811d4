import type { DeliveryStatus } from '../datastore/index.ts';
import type { Notification, ReasonCode } from '../notifications/index.ts';

/** One step's verdict about one delivery, as an observer is told it. */
export interface Decision {
  readonly notification: Notification;
  readonly channel: string;
  readonly atMs: number;
  readonly reason: ReasonCode;
  /** How the delivery stands after it. */
  readonly status: DeliveryStatus;
  /** When a deferred delivery goes on; null for any other verdict. */
  readonly untilMs: number | null;
}

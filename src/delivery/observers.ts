import type { DeliveryRecord } from '../datastore/index.ts';
import { type InFlightCounter, type Logger, messageOf } from '../kernel/index.ts';
import type { Notification } from '../notifications/index.ts';
import type { Decision } from './decision.ts';

/** A delivery that has become a dead letter. */
export interface DeadDeliveryAlert {
  readonly notification: Notification;
  readonly delivery: DeliveryRecord;
}

/** Who wants to hear of what becomes of deliveries. What they throw is logged, and changes nothing. */
export interface DeliveryObservers {
  /** Told of every verdict once it is recorded. */
  onDecision?: (decision: Decision) => void;
  /**
   * Told once of each delivery that will not be tried again without a person, when that is recorded; not
   * at all when the process dies in between. `settle` and `stop` wait for what it promises.
   */
  onDeadLetter?: (alert: DeadDeliveryAlert) => void | Promise<void>;
}

export interface TellOptions extends DeliveryObservers {
  inFlight: InFlightCounter;
  logger: Logger;
}

/** What was decided, and how the delivery stands after it. */
export type Told = Pick<Decision, 'notification' | 'reason' | 'atMs'> & { readonly delivery: DeliveryRecord };

export type Tell = (told: Told) => void;

export function createTell({ onDecision, onDeadLetter, inFlight, logger }: TellOptions): Tell {
  async function alert(dead: DeadDeliveryAlert): Promise<void> {
    try {
      await onDeadLetter?.(dead);
    } catch (thrown) {
      logger.error({ reason: messageOf(thrown) }, 'a dead letter could not be announced');
    }
  }

  return ({ notification, reason, atMs, delivery }) => {
    const { channel, status, dueAtMs: untilMs } = delivery;
    try {
      onDecision?.({ notification, channel, atMs, reason, status, untilMs });
    } catch (thrown) {
      logger.error({ reason: messageOf(thrown) }, 'the observer of decisions threw');
    }
    if (status === 'dead_lettered') void inFlight.during(alert({ notification, delivery }));
  };
}

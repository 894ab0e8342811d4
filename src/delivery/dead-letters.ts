import type { Datastore, DeliveryKey, LedgerLine } from '../datastore/index.ts';
import type { Clock } from '../kernel/index.ts';
import { deliveryId, type Notification } from '../notifications/index.ts';
import type { ChannelQueues } from './channel-queues.ts';
import { NotDeadLetteredError } from './errors.ts';
import type { Tell } from './observers.ts';

interface DeadLettersOptions {
  readonly clock: Clock;
  /** Of what is due. */
  readonly steadyClock: Clock;
  readonly datastore: Datastore;
  readonly queues: ChannelQueues;
  readonly tell: Tell;
}

/** What a person does with deliveries that were given up. */
export class DeadLetters {
  readonly #options: DeadLettersOptions;

  constructor(options: DeadLettersOptions) {
    this.#options = options;
  }

  /** @throws {NotDeadLetteredError} it is none, or was re-driven before. */
  async redrive(key: DeliveryKey): Promise<void> {
    const { clock, steadyClock, datastore, queues, tell } = this.#options;
    const dueAtMs = steadyClock.now();
    const line = found(key, await datastore.ledger.redrive(key, dueAtMs));
    tell({ ...line, reason: 'redriven', atMs: clock.now() });
    queues.of(key.channel).expectAt(dueAtMs);
  }

  /** @throws {NotDeadLetteredError} it is none. */
  async discard(key: DeliveryKey): Promise<void> {
    const { clock, datastore, tell } = this.#options;
    const nowMs = clock.now();
    const line = found(key, await datastore.ledger.discard(key, nowMs));
    tell({ ...line, reason: 'discarded', atMs: nowMs });
  }
}

function found(key: DeliveryKey, line: LedgerLine | undefined) {
  if (line === undefined) throw new NotDeadLetteredError(deliveryId(key.notificationId, key.channel));
  return { notification: line.notification as unknown as Notification, delivery: line.delivery };
}

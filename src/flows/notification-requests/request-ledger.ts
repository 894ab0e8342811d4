import type { Datastore, DeliveryFailure, DeliveryRecord, LedgerEntry } from '../../datastore/index.ts';
import { newDelivery } from '../../delivery/index.ts';
import { AppError, type Clock, createBatcher, messageOf } from '../../kernel/index.ts';
import { ownTextId, ownTextNotification } from '../../notifications/index.ts';
import type { PipelineMessage, PipelineMessages } from '../../pipeline/index.ts';

export type RequestEnd = PipelineMessage<'DeliverySent' | 'DeliverySkipped' | 'DeliveryFailed'>;
type OneChannel = Pick<PipelineMessages['DeliveryRouted'], 'requestId' | 'channel'>;

interface End {
  readonly delivery: DeliveryRecord;
  readonly failure?: DeliveryFailure;
}

const statuses = {
  DeliverySent: 'sent',
  DeliverySkipped: 'skipped',
  DeliveryFailed: 'dead_lettered',
} as const;

/**
 * Keeps requests as one's own texts, a delivery a channel, where all is that the shop tells its customers: entered
 * before a provider is asked, and ended when it is known how.
 */
export class RequestLedger {
  readonly #clock: Clock;
  /** Why a delivery is given up, which stands in no message, until that is written. */
  readonly #thrown = new Map<string, unknown>();
  readonly #open;
  readonly #record;

  constructor({ clock, datastore: { ledger } }: { clock: Clock; datastore: Pick<Datastore, 'ledger'> }) {
    this.#clock = clock;
    this.#open = createBatcher({ runMany: (entries: readonly LedgerEntry[]) => ledger.open(entries) });
    this.#record = createBatcher({
      async runMany(ends: readonly End[]) {
        const deliveries = ends.map(({ delivery }) => delivery);
        await ledger.record(
          deliveries,
          [],
          ends.flatMap(({ failure }) => failure ?? []),
        );
        return ends;
      },
    });
  }

  /** Enters a request, a delivery for each of its channels. */
  async open({
    data: { requestId, userId, channels, message },
    ...cause
  }: PipelineMessage<'NotificationValidated'>) {
    const requestedAtMs = this.#clock.now();
    const entries = channels.map((channel): LedgerEntry => {
      const text = { notificationId: requestId, channel, recipient: userId, message: String(message) };
      const notification = ownTextNotification(text, cause);
      const deliveries = [newDelivery(notification.id, channel, null)];
      return { notification: { ...notification, requestedAtMs }, deliveries };
    });
    await Promise.all(entries.map(this.#open));
  }

  /** What a delivery is given up for. */
  noteFailure({ requestId, channel }: OneChannel, thrown: unknown): void {
    this.#thrown.set(`${requestId} ${channel}`, thrown);
  }

  async record({ type, time, data }: RequestEnd): Promise<void> {
    const { requestId, userId, channel, attempts, reason, receipt } = data;
    const key = `${requestId} ${channel}`;
    const thrown = this.#thrown.get(key);
    this.#thrown.delete(key);
    const settledAtMs = Date.parse(time);
    const notificationId = ownTextId({ notificationId: requestId, channel, recipient: userId });
    const ended = { status: statuses[type], reason, settledAtMs, attempts, receipt };
    const delivery = { ...newDelivery(notificationId, channel, null), ...ended };
    const failure = type === 'DeliveryFailed' ? { failure: failureOf(delivery, thrown, settledAtMs) } : {};
    await this.#record({ delivery, ...failure });
  }
}

const failureOf = (
  { notificationId, channel }: DeliveryRecord,
  thrown: unknown,
  atMs: number,
): DeliveryFailure => ({
  notificationId,
  channel,
  errorCode: thrown instanceof AppError ? thrown.code : 'unexpected',
  errorMessage: messageOf(thrown),
  firstFailedAtMs: atMs,
  lastFailedAtMs: atMs,
});

import {
  type Datastore,
  DatastoreUnavailableError,
  type DeliveryFailure,
  type DeliveryRecord,
  type Suppression,
  type VerdictRecord,
} from '../datastore/index.ts';
import { type Clock, GrowingDelay, type InFlightCounter, type Logger, messageOf } from '../kernel/index.ts';
import type { Notification } from '../notifications/index.ts';
import type { Channel } from './channel.ts';
import type { Tell } from './observers.ts';
import { type Outcome, underItsMessageId } from './outcome.ts';
import { joinEarlyReceipts } from './receipts/joining.ts';
import type { Tenure } from './tenure.ts';

export interface LedgerWriterOptions {
  /** One that makes no steps. */
  clock: Clock;
  datastore: Datastore;
  channels: readonly Channel[];
  inFlight: InFlightCounter;
  /** Told of each outcome that is recorded. */
  tell: Tell;
  logger: Logger;
  /** Under which the deliveries were taken in hand. */
  tenure: Tenure;
}

/** One outcome that is to be written. */
interface Entry {
  readonly notification: Notification;
  /** The delivery as it stands after it. */
  readonly delivery: DeliveryRecord;
  readonly outcome: Outcome;
  readonly done: (isRecorded: boolean) => void;
}

/** An address that a customer had, and that must not be used any more. */
interface Bounced {
  readonly customerId: string;
  readonly suppression: Suppression;
}

/** What is waiting is written when it is this much, or on the next turn of the event loop; while something is written, behind that. */
const batchSize = 512;

/**
 * Writes into the ledger what becomes of deliveries, many of all channels at once, and tells the observers.
 * When the ledger cannot be written, the outcomes are kept and tried again until it can, or until the end:
 * a message that went out is not forgotten for a locked file. When another worker has the deliveries, they are dropped.
 */
export class LedgerWriter {
  readonly #options: LedgerWriterOptions;
  readonly #delay: GrowingDelay;
  #waiting: Entry[] = [];
  /** What comes up meanwhile is written together behind it: a server takes a while, and gains nothing by a queue of small transactions. */
  #isWriting = false;
  #flushScheduled: NodeJS.Immediate | undefined;
  #isStopping = false;
  #pausing = new Set<() => void>();

  constructor(options: LedgerWriterOptions) {
    this.#options = options;
    this.#delay = new GrowingDelay(options.clock);
  }

  /**
   * `done` is called when the outcome of a delivery, which stood as `before`, is recorded and told; or with
   * false when the ledger could not be written up to the end, or it is another worker's to say.
   */
  record(
    notification: Notification,
    before: DeliveryRecord,
    became: Outcome,
    done: Entry['done'] = () => {},
  ): void {
    const { channels, inFlight } = this.#options;
    const outcome = underItsMessageId(became, before, channels);
    inFlight.enter();
    this.#waiting.push({ notification, delivery: outcome.delivery ?? before, outcome, done });
    if (this.#waiting.length >= batchSize) this.#flush();
    else this.#flushScheduled ??= setImmediate(() => this.#flush());
  }

  /** From now on the ledger is tried once more, and no further. */
  stopTrying(): void {
    this.#isStopping = true;
    for (const goOn of this.#pausing) goOn();
  }

  #flush(): void {
    clearImmediate(this.#flushScheduled);
    this.#flushScheduled = undefined;
    if (this.#isWriting || this.#waiting.length === 0) return;
    this.#isWriting = true;
    void this.#writeAll(this.#waiting.splice(0, batchSize), () => {
      this.#isWriting = false;
      this.#flush();
    });
  }

  /** @param written Told when the transaction is over, one way or the other. */
  async #writeAll(entries: readonly Entry[], written = (): void => {}): Promise<void> {
    try {
      await this.#writeOnce(entries).finally(written);
    } catch (thrown) {
      if (this.#options.tenure.endsWith(thrown)) {
        for (const entry of entries) this.#finish(entry, false);
        return;
      }
      const fields = { reason: messageOf(thrown), deliveries: entries.length };
      this.#options.logger.error(fields, 'the ledger could not be written');
      return this.#tryAgain(entries, thrown instanceof DatastoreUnavailableError);
    }
    await this.#joinEarlyReceipts(entries);
    for (const entry of entries) {
      const { notification, delivery, outcome } = entry;
      const { reason, atMs } = outcome;
      if (reason !== undefined) this.#options.tell({ notification, delivery, reason, atMs });
      this.#finish(entry, true);
    }
  }

  /** What a provider reported before we had its yes on record. What fails here is made up for at the next start. */
  async #joinEarlyReceipts(entries: readonly Entry[]): Promise<void> {
    const { datastore, logger } = this.#options;
    const messages = entries.flatMap(({ delivery: { channel, receipt } }) =>
      receipt === null ? [] : { channel, providerMessageId: receipt },
    );
    if (messages.length === 0) return;
    try {
      await joinEarlyReceipts(datastore, messages);
    } catch (thrown) {
      logger.error({ reason: messageOf(thrown) }, 'receipts that came early could not be joined');
    }
  }

  /** Half by half, unless it is no outcome's fault: a ledger that is locked is locked for each of them. */
  async #tryAgain(entries: readonly Entry[], isUnavailable: boolean): Promise<void> {
    if (this.#isStopping) {
      for (const entry of entries) this.#finish(entry, false);
      return;
    }
    await this.#pause(entries.length);
    const middle = isUnavailable ? entries.length : Math.ceil(entries.length / 2);
    for (const half of [entries.slice(0, middle), entries.slice(middle)])
      if (half.length > 0) void this.#writeAll(half);
  }

  #finish({ done }: Entry, isRecorded: boolean): void {
    done(isRecorded);
    this.#options.inFlight.leave();
  }

  async #writeOnce(entries: readonly Entry[]): Promise<void> {
    const { datastore, tenure } = this.#options;
    const { token } = tenure;
    const deliveries: DeliveryRecord[] = [];
    const verdicts: VerdictRecord[] = [];
    const failures: DeliveryFailure[] = [];
    const suppressed: Bounced[] = [];
    for (const { notification, outcome } of entries) {
      if (outcome.delivery !== undefined) deliveries.push(outcome.delivery);
      if (outcome.verdict !== undefined) verdicts.push(outcome.verdict);
      if (outcome.failure !== undefined) failures.push(outcome.failure);
      const { suppression } = outcome;
      if (suppression !== undefined) suppressed.push({ customerId: notification.customerId, suppression });
    }
    if (suppressed.length === 0) return datastore.ledger.record(deliveries, verdicts, failures, token);
    await datastore.transaction(async ({ customers, ledger, suppressions }) => {
      await ledger.record(deliveries, verdicts, failures, token);
      for (const { customerId, suppression } of suppressed) {
        // Who was erased while the provider was asked: the address must not come back.
        const isErased = (await customers.find(customerId))?.erasedAtMs !== undefined;
        if (!isErased) await suppressions.add(suppression);
      }
    });
  }

  /** Only time is missing then for so many outcomes. */
  #pause(outcomes: number): Promise<void> {
    const { clock, inFlight } = this.#options;
    inFlight.leave(outcomes);
    return new Promise((resolve) => {
      const goOn = (): void => {
        cancel();
        this.#pausing.delete(goOn);
        // At once, so that whoever moved the clock knows that something goes on.
        inFlight.enter(outcomes);
        resolve();
      };
      const cancel = clock.schedule(clock.now() + this.#delay.next(), goOn);
      this.#pausing.add(goOn);
    });
  }
}

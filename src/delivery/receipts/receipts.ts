import type { Datastore, DeliveryReceipt, SentDelivery, Stores } from '../../datastore/index.ts';
import { type Clock, type Logger, silentLogger } from '../../kernel/index.ts';
import { keyOf, suppressJoined } from './joining.ts';
import { toRecord } from './record.ts';
import type { ReportedReceipt } from './reported-receipt.ts';

/** What came of a receipt. */
export interface TakenReceipt {
  readonly receipt: DeliveryReceipt;
  /**
   * - `recorded`: it stands beside its delivery.
   * - `repeated`: the same was reported before, and nothing has changed.
   * - `unknown`: nothing is on record as sent under this id. It is kept for a day, since a provider may report before our
   *   record is written.
   */
  readonly result: 'recorded' | 'repeated' | 'unknown';
  /** The delivery that it is about; null when it is unknown. */
  readonly delivery: SentDelivery | null;
  /** Whether the customer's address is suppressed because of it. */
  readonly isSuppressed: boolean;
}

export interface Receipts {
  /**
   * Puts receipts on record, any number at once, from any process on the datastore, whether or not anything is being
   * sent: what a server calls that providers call back. Receipts may come early, late, twice and in any order; none
   * changes how a delivery ended. When it resolves they will outlive the process; until then the provider is to be
   * answered with an error, so that it reports again.
   * @returns what came of each, in order.
   * @throws {DatastoreUnavailableError} those of the pages before are on record; to give all of them again does no harm.
   */
  take(receipts: readonly ReportedReceipt[]): Promise<readonly TakenReceipt[]>;
}

export interface ReceiptsOptions {
  clock: Clock;
  datastore: Datastore;
  /** Told of receipts for messages that nobody knows. Default: nobody. */
  logger?: Logger;
}

/** Nobody else can write while a page is. */
const pageSize = 500;
/** So long a receipt is kept for a message that nobody knows. */
const earlyForMs = 24 * 60 * 60 * 1000;
/** At each page, so that it takes no time. */
const forgottenAtOnce = 2 * pageSize;

/** The port through which providers report what became of a message after they had taken it. */
export function createReceipts({ clock, datastore, logger = silentLogger }: ReceiptsOptions): Receipts {
  return {
    async take(reported) {
      const taken: TakenReceipt[] = [];
      for (let from = 0; from < reported.length; from += pageSize) {
        const nowMs = clock.now();
        const page = reported.slice(from, from + pageSize).map((each) => toRecord(each, nowMs));
        taken.push(...(await datastore.transaction((stores) => takePage(stores, page, nowMs))));
      }
      for (const { result, receipt } of taken) {
        const { channel, providerMessageId } = receipt;
        if (result === 'unknown')
          logger.warn({ channel, providerMessageId }, 'a receipt for a message that nobody knows');
      }
      return taken;
    },
  };
}

async function takePage(
  stores: Stores,
  receipts: readonly DeliveryReceipt[],
  nowMs: number,
): Promise<TakenReceipt[]> {
  const { ledger } = stores;
  await ledger.addReceipts(receipts);
  const suppressed = await suppressJoined(stores, await ledger.joinReceipts(receipts));
  await ledger.forgetEarlyReceipts(nowMs - earlyForMs, forgottenAtOnce);
  const deliveries = await ledger.sentAs(receipts);
  return receipts.map((receipt, index) => {
    const delivery = deliveries[index] ?? null;
    const key = keyOf(receipt);
    const isSuppressed = suppressed.get(key);
    // What is the same as one that stands before it in the page is a repetition.
    suppressed.delete(key);
    if (delivery === null) return { receipt, result: 'unknown', delivery, isSuppressed: false };
    const result = isSuppressed === undefined ? 'repeated' : 'recorded';
    return { receipt, result, delivery, isSuppressed: isSuppressed === true };
  });
}

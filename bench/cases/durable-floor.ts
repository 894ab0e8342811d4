import type { Measured } from '../measure.ts';
import { benchShop, inHand, orderShipped, sent } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const customers = 10_000;
const writtenAtOnce = 256;

/**
 * The floor of the durable bus: the same rows in the same file, in transactions of 256 events, in a loop that does
 * nothing else. Events into the log, notifications with their deliveries, then the ends of these.
 */
export const durableFloor = (events: number): Promise<Measured> =>
  withTemporaryFile(async (file) => {
    const shop = await benchShop(customers, { file });
    const { datastore } = shop;

    const startedMs = performance.now();
    for (let first = 0; first < events; first += writtenAtOnce) {
      const size = Math.min(writtenAtOnce, events - first);
      const messages = Array.from({ length: size }, (_, offset) =>
        orderShipped(shop, first + offset, customers),
      );
      const entries = messages.map(inHand);
      await datastore.transaction((stores) => stores.eventLog.append(messages));
      await datastore.ledger.open(entries);
      await datastore.ledger.record(
        entries.flatMap(({ deliveries }) => deliveries.map(sent)),
        [],
      );
    }
    const tookMs = performance.now() - startedMs;

    const counts = await datastore.ledger.counts();
    await datastore.close();
    return { deliveries: counts.sent, tookMs };
  });

import { withDurableShop } from '../durable-shop.ts';
import { feed } from '../feed.ts';
import type { Measured } from '../measure.ts';

const customers = 10_000;

/** The same events and the same architecture on the durable bus, on a file with synchronous=FULL. */
export const durable = (events: number): Promise<Measured> =>
  withDurableShop(customers, async ({ shop, bus, architecture }) => {
    const tookMs = await feed(shop, { bus, architecture, events, customers });
    const { sent } = await shop.datastore.ledger.counts();
    return { deliveries: sent, tookMs };
  });

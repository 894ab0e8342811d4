import type { Architecture } from '../src/architecture/index.ts';
import { DurableEventBus, type EventBus } from '../src/bus/index.ts';
import { captureEmail, captureSms } from '../src/delivery/index.ts';
import { createEventSourced } from '../src/event-sourced/index.ts';
import { type ShopEvents, shopEvents } from '../src/events/index.ts';
import { seededRandom } from '../src/kernel/index.ts';
import { type BenchShop, benchShop } from './shop.ts';
import { withTemporaryFile } from './temporary-file.ts';

interface DurableShop {
  readonly shop: BenchShop;
  readonly bus: EventBus<ShopEvents>;
  readonly architecture: Architecture;
}

/** Lends event-sourced on the durable bus, on a file with synchronous=FULL, and closes it. */
export const withDurableShop = <T>(
  customers: number,
  work: (durable: DurableShop) => Promise<T>,
): Promise<T> =>
  withTemporaryFile(async (file) => {
    const shop = await benchShop(customers, { file });
    const { clock, datastore } = shop;
    const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(2) });
    const channels = [captureEmail({ clock }), captureSms()];
    const architecture = createEventSourced({ ...shop, bus, channels });
    await architecture.start();
    const result = await work({ shop, bus, architecture });
    await architecture.stop();
    await bus.close();
    await datastore.close();
    return result;
  });

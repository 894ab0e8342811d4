import { DurableEventBus } from '../../src/bus/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import { feed } from '../feed.ts';
import type { Measured } from '../measure.ts';
import { benchShop } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const customers = 10_000;

/** The same events and the same architecture on the durable bus, on a file with synchronous=FULL. */
export const durable = (events: number): Promise<Measured> =>
  withTemporaryFile(async (file) => {
    const shop = await benchShop(customers, { file });
    const { clock, datastore } = shop;
    const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(2) });
    const channels = [captureEmail({ clock }), captureSms()];
    const architecture = createEventSourced({ ...shop, bus, channels });
    await architecture.start();

    const tookMs = await feed(shop, { bus, architecture, events, customers });

    const { sent } = await datastore.ledger.counts();
    await architecture.stop();
    await bus.close();
    await datastore.close();
    return { deliveries: sent, tookMs };
  });

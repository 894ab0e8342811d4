import { DurableEventBus } from '../../src/bus/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import { feed } from '../feed.ts';
import { benchShop } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const customers = 10_000;
const looks = 10;

/** Events through event-sourced on the durable bus: how large the heap is after each tenth of them, in MB. */
export const heapOver = (events: number): Promise<readonly number[]> =>
  withTemporaryFile(async (file) => {
    const shop = await benchShop(customers, { file });
    const { clock, datastore } = shop;
    const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(2) });
    const channels = [captureEmail({ clock }), captureSms()];
    const architecture = createEventSourced({ ...shop, bus, channels });
    await architecture.start();
    const heapMb: number[] = [];
    for (let look = 0; look < looks; look++) {
      await feed(shop, {
        bus,
        architecture,
        events: events / looks,
        customers,
        first: (look * events) / looks,
      });
      global.gc?.();
      heapMb.push(process.memoryUsage().heapUsed / 1024 / 1024);
    }
    await architecture.stop();
    await bus.close();
    await datastore.close();
    return heapMb;
  });

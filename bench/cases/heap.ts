import { withDurableShop } from '../durable-shop.ts';
import { feed } from '../feed.ts';

const customers = 10_000;
const looks = 10;

/** Events through event-sourced on the durable bus: how large the heap is after each tenth of them, in MB. */
export const heapOver = (events: number): Promise<readonly number[]> =>
  withDurableShop(customers, async ({ shop, bus, architecture }) => {
    const heapMb: number[] = [];
    for (let look = 0; look < looks; look++) {
      const first = (look * events) / looks;
      await feed(shop, { bus, architecture, events: events / looks, customers, first });
      global.gc?.();
      heapMb.push(process.memoryUsage().heapUsed / 1024 / 1024);
    }
    return heapMb;
  });

import { DurableEventBus } from '../../src/bus/index.ts';
import { openDatastore } from '../../src/datastore/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { createIds, seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';
import { benchShop, inHand, orderShipped } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const customers = 10_000;
const enteredAtOnce = 1000;

/** So many deliveries were in hand when a process died: from the opening of its file to the last one sent. */
export const recovery = (deliveries: number): Promise<Measured> =>
  withTemporaryFile(async (file) => {
    await leaveInHand(file, deliveries / 2);

    const startedMs = performance.now();
    const { clock } = await emptyShop();
    const datastore = openDatastore({ file });
    const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(2) });
    const ids = createIds(clock, seededRandom(3));
    const channels = [captureEmail({ clock }), captureSms()];
    const architecture = createEventSourced({ clock, ids, datastore, bus, channels });
    await architecture.start();
    await architecture.settle();
    const tookMs = performance.now() - startedMs;

    const { sent } = await datastore.ledger.counts();
    await architecture.stop();
    await bus.close();
    await datastore.close();
    return { deliveries: sent, tookMs };
  });

const emptyShop = () => benchShop(0);

async function leaveInHand(file: string, notifications: number): Promise<void> {
  const shop = await benchShop(customers, { file });
  for (let first = 0; first < notifications; first += enteredAtOnce) {
    const entries = Array.from({ length: Math.min(enteredAtOnce, notifications - first) }, (_, offset) =>
      inHand(orderShipped(shop, first + offset, customers)),
    );
    await shop.datastore.ledger.open(entries);
  }
  await shop.datastore.close();
}

import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createShop } from '../../src/shop/index.ts';
import type { Measured } from '../measure.ts';
import { benchShop } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';
import { clock, customers, type Pace, played } from './played.ts';

/** Event-sourced on the durable bus, on a file: one process publishes and tells. */
export const onAFile = (pace: Pace, size: number): Promise<Measured> =>
  withTemporaryFile(async (data) => {
    const { ids, datastore } = await benchShop(customers, { file: data, clock, isAlwaysAwake: true });
    await datastore.close();
    const shop = await createShop({ data, channels: [captureEmail({ clock }), captureSms()], clock });
    await shop.start();
    let before = process.cpuUsage();
    const measured = await played({
      shop,
      ports: { clock, ids, datastore },
      pace,
      size,
      allIsTold: () => shop.settle(),
      async onWarm() {
        before = process.cpuUsage();
      },
    });
    const { user, system } = process.cpuUsage(before);
    await shop.close();
    return { ...measured, costs: { workerMicros: (user + system) / measured.deliveries } };
  });

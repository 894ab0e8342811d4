import { Worker } from 'node:worker_threads';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { createShop } from '../../src/shop/index.ts';
import { openTelemetry, type Telemetry } from '../../src/telemetry/index.ts';
import { feed } from '../feed.ts';
import type { Measured } from '../measure.ts';
import { benchShop, startMs } from '../shop.ts';

const customers = 1000;

/** A collector that takes everything and looks at nothing, in a thread of its own. */
const collector = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const server = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;

/** Events through a shop as it is made for real use, that records no spans. */
export const untraced = (events: number): Promise<Measured> => run(events);

/** The same, with its spans sent to a collector; the time until it has all of them counts. */
export async function traced(events: number): Promise<Measured> {
  const worker = new Worker(collector, { eval: true });
  const port = await new Promise((resolve) => worker.once('message', resolve));
  const telemetry = await openTelemetry({ endpoint: `http://127.0.0.1:${port}` });
  try {
    return await run(events, telemetry);
  } finally {
    await telemetry.close();
    await worker.terminate();
  }
}

async function run(events: number, telemetry?: Telemetry): Promise<Measured> {
  const clock = new VirtualClock(startMs);
  const shop = await createShop({
    clock,
    bus: 'in-memory',
    channels: [captureEmail({ clock }), captureSms()],
    ...(telemetry && { telemetry }),
  });
  const { bus, datastore } = shop;
  const stocked = await benchShop(customers, { clock, datastore });
  await shop.start();

  const begunMs = performance.now();
  await feed(stocked, { bus, architecture: shop, events, customers });
  await telemetry?.flush();
  const tookMs = performance.now() - begunMs;

  const { sent } = await datastore.ledger.counts();
  await shop.close();
  return { deliveries: sent, tookMs };
}

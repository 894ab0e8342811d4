import { InMemoryEventBus } from '../../src/bus/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import type { Measured } from '../measure.ts';
import { benchShop, orderShipped } from '../shop.ts';

const customers = 10_000;
/** Events are handed in as a source would: so many at once, and never more than this many ahead. */
const chunk = 1000;
const mostAhead = 10_000;

/** Order-shipped events through the whole architecture: bus, policy, rendering, ledger, decisions. */
export async function eventSourced(events: number): Promise<Measured> {
  const shop = await benchShop(customers);
  const { clock, datastore } = shop;
  const bus = new InMemoryEventBus({ catalogue: shopEvents, clock });
  const channels = [captureEmail({ clock }), captureSms()];
  const architecture = createEventSourced({ ...shop, bus, channels });
  await architecture.start();

  const startedMs = performance.now();
  for (let first = 0; first < events; first += chunk) {
    const indexes = Array.from({ length: Math.min(chunk, events - first) }, (_, offset) => first + offset);
    await bus.publish(indexes.map((index) => orderShipped(shop, index, customers)));
    if ((first + chunk) % mostAhead === 0) await architecture.settle();
  }
  await architecture.settle();
  const tookMs = performance.now() - startedMs;

  const { sent } = await datastore.ledger.counts();
  return { deliveries: sent, tookMs };
}

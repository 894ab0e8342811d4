import { InMemoryEventBus } from '../../src/bus/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { feed } from '../feed.ts';
import type { Measured } from '../measure.ts';
import { benchShop } from '../shop.ts';

const customers = 10_000;

/** Order-shipped events through the whole architecture: bus, policy, rendering, ledger, decisions. */
export async function eventSourced(events: number): Promise<Measured> {
  const shop = await benchShop(customers);
  const { clock, datastore } = shop;
  const bus = new InMemoryEventBus({ catalogue: shopEvents, clock });
  const channels = [captureEmail({ clock }), captureSms()];
  const architecture = createEventSourced({ ...shop, bus, channels });
  await architecture.start();

  const tookMs = await feed(shop, { bus, architecture, events, customers });

  const { sent } = await datastore.ledger.counts();
  return { deliveries: sent, tookMs };
}

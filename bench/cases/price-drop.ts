import { InMemoryEventBus } from '../../src/bus/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import type { Measured } from '../measure.ts';
import { benchShop, customerId } from '../shop.ts';

/** One price drops, and so many carts hold the product: from the command to the last delivery. */
export async function priceDrop(carts: number): Promise<Measured> {
  const shop = await benchShop(carts);
  const { clock, datastore } = shop;
  await datastore.transaction(async (stores) => {
    await stores.products.insert({
      id: 'helmet',
      name: 'Summit Helmet',
      price: { amount: 7900, currency: 'USD' },
    });
    for (let index = 0; index < carts; index++) {
      await stores.carts.add({ customerId: customerId(index), productId: 'helmet', quantity: 1 });
    }
  });
  const bus = new InMemoryEventBus({ catalogue: shopEvents, clock });
  const architecture = createEventSourced({
    ...shop,
    bus,
    channels: [captureEmail({ clock }), captureSms()],
  });
  await architecture.start();

  const startedMs = performance.now();
  await architecture.services.pricing.updatePrice({
    productId: 'helmet',
    price: { amount: 5900, currency: 'USD' },
  });
  await architecture.settle();
  const tookMs = performance.now() - startedMs;

  return { deliveries: (await datastore.ledger.counts()).sent, tookMs };
}

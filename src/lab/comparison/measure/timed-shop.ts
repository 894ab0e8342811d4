import type { Architecture } from '../../../architecture/index.ts';
import { type Customer, type Datastore, openDatastore } from '../../../datastore/index.ts';
import { type Channel, captureEmail, captureSms } from '../../../delivery/index.ts';
import { createIds, seededRandom, silentLogger, systemClock } from '../../../kernel/index.ts';
import { composeArchitecture, createBus } from '../../../shop/index.ts';
import { optionsOf, type Variant } from './variants.ts';

/** A shop that runs by the clock on the wall. */
export interface TimedShop {
  readonly architecture: Architecture;
  readonly datastore: Datastore;
  close(): Promise<void>;
}

/**
 * Decision: what takes time is measured by the clock on the wall, with a provider that really waits, since
 * virtual time only moves where somebody waits on it, and would find all code to be free. The datastore is in
 * memory, for the durable bus too: what is compared is the architectures, not disks.
 */
export async function openTimedShop(
  variant: Variant,
  stock: { readonly orders: number; around(channel: Channel): Channel },
): Promise<TimedShop> {
  const clock = systemClock();
  const random = seededRandom(1);
  const datastore = openDatastore();
  await stockOrders(datastore, stock.orders);
  const ports = { clock, random, datastore, ids: createIds(clock, random), logger: silentLogger };
  const { architecture: name } = variant;
  const { bus: busName = 'in-memory', handOver } = optionsOf(variant);
  const bus = createBus(busName, ports, name);
  const channels = [captureEmail({ clock }), captureSms()].map((channel) => stock.around(channel));
  const architecture = composeArchitecture(name, {
    ...ports,
    bus,
    channels,
    ...(handOver && { handOver }),
  });
  await architecture.start();
  return {
    architecture,
    datastore,
    async close() {
      await architecture.stop();
      await bus.close();
      await datastore.close();
    },
  };
}

/** Each of a customer of its own, who hears of it by mail and by SMS. */
export const orderId = (index: number): string => `ord-${index}`;

async function stockOrders(datastore: Datastore, orders: number): Promise<void> {
  const price = { amount: 4900, currency: 'USD' };
  await datastore.transaction(async (stores) => {
    await stores.products.insert({ id: 'helmet', name: 'Summit Helmet', price });
    for (let index = 0; index < orders; index++) {
      await stores.customers.insert(customer(index));
      const item = { id: `${orderId(index)}-1`, productId: 'helmet', quantity: 1, unitPrice: price };
      await stores.orders.insert({
        id: orderId(index),
        customerId: customer(index).id,
        status: 'placed',
        lineItems: [{ ...item, status: 'pending', trackingNumber: null }],
      });
    }
  });
}

const customer = (index: number): Customer => ({
  id: `cust-${index}`,
  name: `Customer ${index}`,
  email: `customer${index}@example.com`,
  phone: `+1555${String(index).padStart(7, '0')}`,
  addresses: {},
  segment: 'gold',
  locale: 'en-US',
  timeZone: 'America/New_York',
  preferences: { order_updates: { email: true, sms: true } },
  quietHours: null,
});

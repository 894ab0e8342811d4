import { InMemoryEventBus } from '../../src/bus/index.ts';
import { openDatastore } from '../../src/datastore/index.ts';
import { type Channel, captureEmail, captureSms, type Decision } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { createMessage, type MessageOf, type ShopEvents, shopEvents } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import type { Fact, RegisterCustomer } from '../../src/services/index.ts';
import { recordingLogger } from './recording-logger.ts';
import { noonMs } from './requests.ts';

export interface OpenShopOptions {
  nowMs?: number;
  file?: string;
  /** In place of the captured ones. */
  channels?: readonly Channel[];
}

/** The event-sourced shop in virtual time, with no customers and nothing to sell yet, listening. */
export async function openShop({ nowMs = noonMs, file, channels }: OpenShopOptions = {}) {
  const clock = new VirtualClock(nowMs);
  const ids = createIds(clock, seededRandom(1));
  const datastore = openDatastore(file === undefined ? {} : { file });
  const bus = new InMemoryEventBus({ catalogue: shopEvents, clock });
  const email = captureEmail({ clock, capacity: 10_000 });
  const sms = captureSms({ capacity: 10_000 });
  const decisions: Decision[] = [];
  const logger = recordingLogger();
  const architecture = createEventSourced({
    clock,
    ids,
    datastore,
    bus,
    logger,
    channels: channels ?? [email, sms],
    onDecision: (decision) => decisions.push(decision),
  });
  await architecture.start();
  return {
    clock,
    datastore,
    bus,
    architecture,
    decisions,
    ...architecture.services,
    emails: email.outbox,
    texts: sms.outbox,
    logged: logger.lines,
    settle: () => architecture.settle(),
    advanceTo: (atMs: number) => clock.advanceTo(atMs, () => architecture.settle()),
    /** The event that says `fact`, with an id of its own. */
    event: ({ type, data }: Fact): MessageOf<ShopEvents> =>
      createMessage<string, never>({ clock, ids }, shopEvents[type], data as never) as MessageOf<ShopEvents>,
    /** As a service publishes: into the event log, then to the bus. */
    async publish(...events: MessageOf<ShopEvents>[]) {
      await datastore.eventLog.append(events);
      await bus.publish(events);
    },
  };
}

export type OpenShop = Awaited<ReturnType<typeof openShop>>;

export const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Kim, whom email and SMS reach, but for what a story says. */
export function kim(differences: Partial<RegisterCustomer> = {}): RegisterCustomer {
  return {
    customerId: 'kim',
    name: 'Kim Lund',
    email: 'kim@example.com',
    phone: '+15550100123',
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: {
      order_updates: { sms: true },
      payment_alerts: { sms: true },
      price_alerts: { sms: true },
      promotions: { sms: true },
    },
    ...differences,
  };
}

/** The shop with Kim, a helmet for $34.99, and Kim's order of as many line items as asked for. */
export async function openShopWithOrder(lineItems = 2, options: OpenShopOptions = {}): Promise<OpenShop> {
  const shop = await openShop(options);
  await shop.accounts.registerCustomer(kim());
  await shop.pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: usd(3499) });
  await placeOrder(shop, 'order-1', lineItems);
  await shop.settle();
  return shop;
}

/** Kim orders helmets, one a line item: `order-1-1`, `order-1-2`, … */
export async function placeOrder({ ordering }: OpenShop, orderId: string, lineItems = 1): Promise<void> {
  await ordering.placeOrder({
    orderId,
    customerId: 'kim',
    lineItems: Array.from({ length: lineItems }, (_, index) => {
      return { lineItemId: `${orderId}-${index + 1}`, productId: 'helmet', quantity: 1 };
    }),
  });
}

import pc from 'picocolors';
import { onTestFinished } from 'vitest';
import type { Datastore } from '../../../src/datastore/index.ts';
import type { MessageOf, ShopEvents } from '../../../src/events/index.ts';
import { explain, type Question } from '../../../src/operations/explain/explain.ts';
import { explanationDocument } from '../../../src/operations/explain/report.ts';
import { toLines } from '../../../src/report/index.ts';
import { type Command, execute, type RegisterCustomer } from '../../../src/services/index.ts';
import { createWorld, type World } from '../../../src/shop/world.ts';

/** A Monday, in winter time. */
export const noon = '2026-03-02T12:00:00.000Z';

export interface Shop extends World {
  /** Gives the commands, and waits for what they lead to. */
  give(...commands: readonly Command[]): Promise<void>;
  /** An event from outside the shop. */
  publish(event: MessageOf<ShopEvents>): Promise<void>;
}

/** A shop at noon with a helmet and Kim, who is only as different as a story says. */
export async function openShop(kim: Partial<RegisterCustomer> = {}): Promise<Shop> {
  const world = createWorld({ startMs: Date.parse(noon) });
  await world.architecture.start();
  onTestFinished(() => world.close());
  const shop: Shop = {
    ...world,
    async give(...commands) {
      for (const command of commands) {
        await execute(world.architecture.services, command);
        await world.architecture.settle();
      }
    },
    async publish(event) {
      await world.bus.publish([event]);
      await world.architecture.settle();
    },
  };
  await shop.give(addHelmet, register(kim));
  return shop;
}

const usd = (amount: number) => ({ amount, currency: 'USD' });

const addHelmet: Command = {
  service: 'pricing',
  command: 'addProduct',
  data: { productId: 'helmet', name: 'Helmet', price: usd(3499) },
};

const kimWithoutPhone: RegisterCustomer = {
  customerId: 'kim',
  name: 'Kim Lund',
  email: 'kim@example.com',
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
  preferences: { order_updates: { sms: true }, price_alerts: { sms: true } },
};

export const register = (differences: Partial<RegisterCustomer> = {}): Command => ({
  service: 'accounts',
  command: 'registerCustomer',
  data: { ...kimWithoutPhone, phone: '+15550100', ...differences },
});

export const registerWithoutPhone = (customerId: string): Command => ({
  service: 'accounts',
  command: 'registerCustomer',
  data: { ...kimWithoutPhone, customerId },
});

export const putHelmetInCart = (customerId = 'kim'): Command => ({
  service: 'ordering',
  command: 'addCartItem',
  data: { customerId, productId: 'helmet', quantity: 1 },
});

export const priceHelmetAt = (amount: number): Command => ({
  service: 'pricing',
  command: 'updatePrice',
  data: { productId: 'helmet', price: usd(amount) },
});

export const promoteFor = (segments: RegisterCustomer['segment'][]): Command => ({
  service: 'promotions',
  command: 'activatePromotion',
  data: { promotionId: 'spring', name: 'Spring Days', code: 'SPRING-20', discountPercent: 20, segments },
});

export const order = (
  orderId = 'order-1',
  lineItemIds: readonly string[] = ['order-1-1'],
  customerId = 'kim',
): Command => ({
  service: 'ordering',
  command: 'placeOrder',
  data: {
    orderId,
    customerId,
    lineItems: lineItemIds.map((lineItemId) => ({ lineItemId, productId: 'helmet', quantity: 1 })),
  },
});

export const ship = (orderId = 'order-1'): Command => ({
  service: 'ordering',
  command: 'shipOrder',
  data: { orderId },
});

/** A price drop of the helmet that no service published here. */
export const priceDropAt = (time: string): MessageOf<ShopEvents, 'PriceChanged'> => ({
  id: 'from-outside',
  type: 'PriceChanged',
  source: '/services/pricing',
  subject: 'helmet',
  time,
  correlationId: 'from-outside',
  causationId: 'from-outside',
  schemaVersion: 1,
  data: { productId: 'helmet', previousPrice: usd(3499), price: usd(2999) },
});

/** The answer as a person reads it, with the ids of events, which are long, written as `<event>`. */
export async function answer({ datastore }: { datastore: Datastore }, question: Question): Promise<string> {
  const lines = toLines(explanationDocument(await explain(datastore, question)), {
    width: 120,
    colors: pc.createColors(false),
  });
  return lines.join('\n').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<event>');
}

/** The latest event about an entity. */
export async function latestEventAbout(
  { datastore }: { datastore: Datastore },
  subject: string,
): Promise<string> {
  return (await datastore.eventLog.about(subject)).at(-1)?.id ?? '';
}

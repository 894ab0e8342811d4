/** A subscriber of its own: customers earn points for every order that reaches them. */
import type { Subscriber } from '../src/bus/index.ts';
import type { ShopEvents } from '../src/events/index.ts';

export interface LoyaltyPoints extends Subscriber<ShopEvents, 'OrderStatusChanged'> {
  pointsOf(customerId: string): number;
}

const pointsPerOrder = 100;

/** Points live in memory here, as long as the subscriber does. */
export function loyaltyPoints(): LoyaltyPoints {
  const deliveredTo = new Map<string, Set<string>>();
  return {
    name: 'loyalty-points',
    handles: ['OrderStatusChanged'],
    async handle({ data: { customerId, orderId, status } }) {
      if (status !== 'delivered') return;
      // A set of orders, so that an event that comes again earns nothing.
      const orders = deliveredTo.get(customerId) ?? new Set();
      deliveredTo.set(customerId, orders.add(orderId));
    },
    pointsOf: (customerId) => pointsPerOrder * (deliveredTo.get(customerId)?.size ?? 0),
  };
}

if (process.argv[1] === import.meta.filename) {
  const { playShopDay } = await import('./shop-day.ts');
  const points = loyaltyPoints();
  await playShopDay({ subscribers: [points] });
  for (const customerId of ['mia', 'noah'])
    console.log(`${customerId} has ${points.pointsOf(customerId)} points`);
}

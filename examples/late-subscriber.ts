import type { Subscriber } from '../src/bus/index.ts';
import type { ShopEvents } from '../src/events/index.ts';
import { loyaltyPoints } from './loyalty-points.ts';

/**
 * Loyalty points come late to a shop that has been running for years. Its past is handed to them by
 *
 *   npm run events -- replay --subscriber loyalty-points --from 1 --module examples/late-subscriber.ts --data shop.db
 *
 * on a copy of the shop; with --send they are a subscriber of the shop itself from then on.
 */
export default function lateSubscriber(): Subscriber<ShopEvents, 'OrderStatusChanged'> {
  const points = loyaltyPoints();
  return {
    ...points,
    async handle(event, context) {
      await points.handle(event, context);
      const { customerId, status } = event.data;
      if (status === 'delivered') console.error(`${customerId} has ${points.pointsOf(customerId)} points`);
    },
  };
}

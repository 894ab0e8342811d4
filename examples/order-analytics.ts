/** A subscriber of its own: how many orders came how far, and what was paid. */
import type { Subscriber } from '../src/bus/index.ts';
import type { OrderStatus, ShopEvents } from '../src/events/index.ts';

export interface OrderAnalytics extends Subscriber<ShopEvents, 'OrderStatusChanged' | 'PaymentReceived'> {
  /** How many orders are in `status` now. */
  ordersIn(status: OrderStatus): number;
  /** What was received, in the currency's minor unit. */
  revenueIn(currency: string): number;
}

/** Counts in memory here, and adds each message once because the bus hands it over with one effect. */
export function orderAnalytics(): OrderAnalytics {
  const counts = new Map<OrderStatus, number>();
  const revenue = new Map<string, number>();
  return {
    name: 'order-analytics',
    handles: ['OrderStatusChanged', 'PaymentReceived'],
    async handle(event) {
      if (event.type === 'PaymentReceived') {
        add(revenue, event.data.amount.currency, event.data.amount.amount);
        return;
      }
      const { previousStatus, status } = event.data;
      if (previousStatus !== null) add(counts, previousStatus, -1);
      add(counts, status, 1);
    },
    ordersIn: (status) => counts.get(status) ?? 0,
    revenueIn: (currency) => revenue.get(currency) ?? 0,
  };
}

function add<Key>(sums: Map<Key, number>, key: Key, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

if (process.argv[1] === import.meta.filename) {
  const { playShopDay } = await import('./shop-day.ts');
  const analytics = orderAnalytics();
  await playShopDay({ subscribers: [analytics] });
  for (const status of ['placed', 'shipped', 'delivered', 'cancelled'] as const) {
    console.log(`${status.padEnd(9)} ${analytics.ordersIn(status)}`);
  }
  console.log(`revenue   ${(analytics.revenueIn('USD') / 100).toFixed(2)} USD`);
}

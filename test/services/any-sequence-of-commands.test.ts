import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Order } from '../../src/datastore/index.ts';
import {
  cancelOrder,
  DomainError,
  deliverOrder,
  type Fact,
  placeOrder,
  shipLineItem,
  shipOrder,
  totalOf,
} from '../../src/services/index.ts';
import { usd } from './shop.ts';

const newOrder = (lineItems: number): Order => ({
  id: 'order-1',
  customerId: 'kim',
  status: 'placed',
  lineItems: Array.from({ length: lineItems }, (_, index) => ({
    id: String(index),
    productId: 'bell',
    quantity: 1,
    unitPrice: usd(650),
    status: 'pending',
    trackingNumber: null,
  })),
});

type Step = (order: Order) => { order: Order; events: readonly Fact[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.nat(4).map(
      (index): Step =>
        (order) =>
          shipLineItem(order, { lineItemId: String(index) }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>(shipOrder) },
  { weight: 2, arbitrary: fc.constant<Step>(deliverOrder) },
  { weight: 1, arbitrary: fc.constant<Step>((order) => cancelOrder(order, { reason: 'customer_request' })) },
);

/** Takes the steps one after the other, and calls `onEvents` for each that was not refused. */
function walk(
  order: Order,
  steps: readonly Step[],
  onEvents: (before: Order, after: Order, events: readonly Fact[]) => void,
): Order {
  return steps.reduce((before, next) => {
    const copy = structuredClone(before);
    try {
      const { order: after, events } = next(before);
      onEvents(before, after, events);
      return after;
    } catch (thrown) {
      if (!(thrown instanceof DomainError)) throw thrown;
      return before;
    } finally {
      expect(before).toEqual(copy);
    }
  }, order);
}

const journeys = fc.record({
  lineItems: fc.integer({ min: 1, max: 4 }),
  steps: fc.array(step, { maxLength: 12 }),
});

test('no sequence of commands announces a change from a status that the order or line item was not in', () => {
  fc.assert(
    fc.property(journeys, ({ lineItems, steps }) => {
      walk(newOrder(lineItems), steps, (before, after, events) => {
        expect(events).toHaveLength(1);
        const [event] = events;
        if (event?.type === 'OrderStatusChanged') {
          expect([event.data.previousStatus, event.data.status]).toEqual([before.status, after.status]);
          expect(after.status).not.toBe(before.status);
        } else if (event?.type === 'LineItemStatusChanged') {
          const statusIn = (order: Order) =>
            order.lineItems.find(({ id }) => id === event.data.lineItemId)?.status;
          expect([event.data.previousStatus, event.data.status]).toEqual([statusIn(before), statusIn(after)]);
          expect(after.status).toBe(before.status);
        }
      });
    }),
  );
});

test('wherever a sequence of commands ends, the order and its line items agree', () => {
  fc.assert(
    fc.property(journeys, ({ lineItems, steps }) => {
      const order = walk(newOrder(lineItems), steps, () => {});
      const statuses = new Set(order.lineItems.map(({ status }) => status));
      if (order.status === 'placed') expect([...statuses]).not.toContain('delivered');
      else expect([...statuses]).toEqual([order.status]);
    }),
  );
});

test('an order ends at most once', () => {
  fc.assert(
    fc.property(journeys, ({ lineItems, steps }) => {
      let endings = 0;
      walk(newOrder(lineItems), steps, (_before, after) => {
        if (after.status === 'delivered' || after.status === 'cancelled') endings += 1;
      });
      expect(endings).toBeLessThanOrEqual(1);
    }),
  );
});

test('the total of an order is the sum of its line items at the prices of its placement', () => {
  const line = fc.record({ quantity: fc.integer({ min: 1, max: 1000 }), amount: fc.nat(10_000_000) });
  const customer = { id: 'kim' } as Parameters<typeof placeOrder>[0]['customer'];

  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const lineItems = lines.map(({ quantity }, index) => ({
        lineItemId: `${index}`,
        productId: `${index}`,
        quantity,
      }));
      const products = lines.map(({ amount }, index) => ({
        id: `${index}`,
        name: 'Thing',
        price: usd(amount),
      }));
      const { order } = placeOrder(
        { customer, existing: undefined, products },
        { orderId: 'o', customerId: 'kim', lineItems },
      );

      const expected = lines
        .map(({ quantity, amount }) => quantity * amount)
        .reduce((sum, each) => sum + each);
      expect(totalOf(order)).toEqual(usd(expected));
    }),
  );
});

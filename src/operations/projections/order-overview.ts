import type { Money, OrderStatus } from '../../events/index.ts';
import { defineProjection } from './projection.ts';

/** One order, as whoever looks after customers wants to see it. Null: an older log, or none, says nothing of it. */
export interface OrderOverview {
  readonly orderId: string;
  readonly customerId: string;
  readonly status: OrderStatus;
  readonly lineItems: number | null;
  /** How many of these have left. */
  readonly shipped: number | null;
  readonly total: Money | null;
  readonly payment: 'received' | 'failed' | null;
  readonly placedAt: string | null;
  /** When something was heard of it last. */
  readonly changedAt: string;
}

const nothingKnown = {
  status: 'placed',
  lineItems: null,
  shipped: 0,
  total: null,
  payment: null,
  placedAt: null,
} as const;

/** Key: the order's id. */
export const orderOverview = defineProjection({
  name: 'order-overview',
  words: 'how far each order is, what it costs and whether it is paid',
  version: 1,
  handles: ['OrderStatusChanged', 'LineItemStatusChanged', 'PaymentFailed', 'PaymentReceived'],
  async project(event, rows) {
    const { orderId, customerId } = event.data;
    const before: OrderOverview = {
      ...nothingKnown,
      orderId,
      customerId,
      ...((await rows.get(orderId)) as OrderOverview | undefined),
      changedAt: event.time,
    };
    rows.set(orderId, { ...before, ...changeOf(event, before) });
  },
});

type Event = Parameters<typeof orderOverview.project>[0];

function changeOf(event: Event, before: OrderOverview): Partial<OrderOverview> {
  switch (event.type) {
    case 'OrderStatusChanged': {
      const { status, lineItems } = event.data;
      if (status === 'placed') return { status, placedAt: event.time, ...contentsOf(lineItems) };
      return status === 'cancelled' ? { status } : { status, shipped: before.lineItems };
    }
    case 'LineItemStatusChanged': {
      const isNew = event.data.status === 'shipped' && before.shipped !== null;
      return isNew ? { shipped: (before.shipped ?? 0) + 1 } : {};
    }
    case 'PaymentFailed':
      // Another attempt may have succeeded before.
      return before.payment === 'received' ? {} : { payment: 'failed' };
    case 'PaymentReceived':
      return { payment: 'received' };
  }
}

type LineItems = Extract<Event, { type: 'OrderStatusChanged' }>['data']['lineItems'];

function contentsOf(lineItems: LineItems): Partial<OrderOverview> {
  const [first] = lineItems ?? [];
  if (lineItems === null || first === undefined) return {};
  const amount = lineItems.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  return { lineItems: lineItems.length, total: { amount, currency: first.unitPrice.currency } };
}

import type { Command } from '../../../../services/index.ts';

/** A Monday morning, when nobody has quiet hours. */
export const dayStartMs = Date.parse('2026-03-02T10:00:00Z');
/** Between the commands, unless the one before takes longer. */
export const gapMs = 1000;

/** The order whose events come in every order: two line items ship, the order ships, and it is delivered. */
export const watchedOrderId = 'ord-1001';

const shipLineItem = (lineItemId: string): Command => ({
  service: 'ordering',
  command: 'shipLineItem',
  data: { orderId: watchedOrderId, lineItemId },
});

/**
 * What is done in every run, in the sample shop: each kind of cause once, fourteen messages to customers. Each
 * command is refused when it has taken effect before, so that a caller who knows no better can repeat it.
 */
export const shopDay: readonly Command[] = [
  {
    service: 'ordering',
    command: 'placeOrder',
    data: {
      orderId: 'ord-3001',
      customerId: 'hana',
      lineItems: [{ lineItemId: 'ord-3001-1', productId: 'bike', quantity: 1 }],
    },
  },
  shipLineItem('ord-1001-1'),
  shipLineItem('ord-1001-2'),
  { service: 'ordering', command: 'shipOrder', data: { orderId: watchedOrderId } },
  { service: 'ordering', command: 'deliverOrder', data: { orderId: watchedOrderId } },
  {
    service: 'billing',
    command: 'failPayment',
    data: { paymentId: 'pay-3001', orderId: 'ord-1003', reason: 'card_declined' },
  },
  {
    service: 'pricing',
    command: 'updatePrice',
    data: { productId: 'helmet', price: { amount: 5900, currency: 'USD' } },
  },
];

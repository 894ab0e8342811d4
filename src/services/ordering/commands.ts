import { z } from 'zod';
import { id, line, quantity } from '../values.ts';

const addCartItemSchema = z.object({ customerId: id, productId: id, quantity });
export type AddCartItem = z.infer<typeof addCartItemSchema>;

const placeOrderSchema = z.object({
  orderId: id,
  customerId: id,
  lineItems: z.array(z.object({ lineItemId: id, productId: id, quantity })).min(1),
});
export type PlaceOrder = z.infer<typeof placeOrderSchema>;

const shipOrderSchema = z.object({ orderId: id });
export type ShipOrder = z.infer<typeof shipOrderSchema>;

const shipLineItemSchema = z.object({ orderId: id, lineItemId: id, trackingNumber: line.optional() });
export type ShipLineItem = z.infer<typeof shipLineItemSchema>;

const deliverOrderSchema = z.object({ orderId: id });
export type DeliverOrder = z.infer<typeof deliverOrderSchema>;

/** `reason` is a code, such as `customer_request`. */
const cancelOrderSchema = z.object({ orderId: id, reason: line });
export type CancelOrder = z.infer<typeof cancelOrderSchema>;

export const orderingCommands = {
  addCartItem: addCartItemSchema,
  placeOrder: placeOrderSchema,
  shipOrder: shipOrderSchema,
  shipLineItem: shipLineItemSchema,
  deliverOrder: deliverOrderSchema,
  cancelOrder: cancelOrderSchema,
};

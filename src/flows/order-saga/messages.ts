import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';
import { sagaAlarm } from '../../pipeline-runtime/index.ts';

const source = '/flows/order-saga';
const minor = z.int().nonnegative();
const of = { orderId: z.string().min(1), hops: z.int().nonnegative() };
/** Equal for each attempt at one step of one order. */
const key = z.string().min(1);
const line = z.object({ sku: z.string().min(1), quantity: z.int().positive() });
const order = {
  customerId: z.string().min(1),
  lines: z.array(line).min(1).readonly(),
  depot: z.string(),
};

const about = <const Type extends string, Data extends z.ZodType<{ orderId: string; hops: number }>>(
  type: Type,
  data: Data,
) =>
  defineMessage({ type, source, subject: (said) => (said as { orderId: string }).orderId, versions: [data] });

/** All that is said about an order; money in minor units. */
export const orderMessages = {
  OrderSubmitted: about('OrderSubmitted', z.object({ ...of, ...order })),
  PaymentSubmitted: about('PaymentSubmitted', z.object({ ...of, card: z.string() })),
  OrderPlaced: about('OrderPlaced', z.object({ ...of, ...order, total: minor })),
  ReserveInventory: about('ReserveInventory', z.object({ ...of, key, lines: order.lines })),
  InventoryReserved: about('InventoryReserved', z.object({ ...of, expiresAtMs: z.int() })),
  InventoryShort: about('InventoryShort', z.object(of)),
  ReleaseInventory: about('ReleaseInventory', z.object({ ...of, key })),
  InventoryReleased: about('InventoryReleased', z.object(of)),
  AuthorisePayment: about('AuthorisePayment', z.object({ ...of, key, amount: minor, card: z.string() })),
  PaymentAuthorised: about('PaymentAuthorised', z.object({ ...of, amount: minor })),
  PaymentDeclined: about('PaymentDeclined', z.object({ ...of, reason: z.string() })),
  PaymentUnknown: about('PaymentUnknown', z.object(of)),
  AskPayment: about('AskPayment', z.object({ ...of, key })),
  PaymentFound: about('PaymentFound', z.object({ ...of, status: z.string() })),
  CapturePayment: about('CapturePayment', z.object({ ...of, key, amount: minor })),
  PaymentCaptured: about('PaymentCaptured', z.object({ ...of, amount: minor })),
  VoidPayment: about('VoidPayment', z.object({ ...of, key })),
  PaymentVoided: about('PaymentVoided', z.object({ ...of, amount: minor })),
  RefundPayment: about('RefundPayment', z.object({ ...of, key })),
  PaymentRefunded: about('PaymentRefunded', z.object({ ...of, amount: minor })),
  CreateShipment: about('CreateShipment', z.object({ ...of, key, depot: z.string() })),
  ShipmentCreated: about('ShipmentCreated', z.object({ ...of, label: z.string() })),
  ShipmentFailed: about('ShipmentFailed', z.object(of)),
  OrderConfirmed: about('OrderConfirmed', z.object({ ...of, lines: order.lines, total: minor })),
  OrderCancelled: about('OrderCancelled', z.object({ ...of, reason: z.string() })),
  FollowUpDue: about('FollowUpDue', z.object(of)),
  SalesRecorded: about('SalesRecorded', z.object({ ...of, total: minor })),
  SagaAlarm: sagaAlarm('SagaAlarm', source),
} as const;

export type OrderMessages = MessagesOf<typeof orderMessages>;
export type OrderMessage<Type extends keyof OrderMessages> = {
  [T in Type]: Message<T, OrderMessages[T]>;
}[Type];
export type Lines = OrderMessages['OrderPlaced']['lines'];

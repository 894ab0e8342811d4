import { done, failed, type SagaDefinition, undo, unknown } from '../../pipeline-runtime/index.ts';
import { type Lines, orderMessages as messages, type OrderMessages } from './messages.ts';

/** What the saga knows of its order. */
interface Order {
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: Lines;
  readonly depot: string;
  readonly total: number;
  /** Null until the customer has given one. */
  readonly card: string | null;
  readonly expiresAtMs: number;
}

const orderOf = ({ orderId, customerId, lines, depot, total }: OrderMessages['OrderPlaced']): Order => ({
  orderId,
  customerId,
  lines,
  depot,
  total,
  card: null,
  expiresAtMs: 0,
});

/** Reserve, wait for a card, authorise, capture, ship. To capture is the pivot: what fails behind it is refunded. */
export const orderSaga: SagaDefinition<Order> = {
  name: 'order-saga',
  alarm: messages.SagaAlarm,
  starts: { OrderPlaced: (_, { data }) => orderOf(data) },
  facts: { PaymentSubmitted: (order, { data }) => ({ ...order, card: order.card ?? data.card }) },
  steps: [
    {
      name: 'reserve',
      attempts: 3,
      command: ({ orderId, lines }, { make, key }) => [
        make(messages.ReserveInventory, { orderId, key, lines }),
      ],
      replies: {
        InventoryReserved: (order, { data }) => done({ ...order, expiresAtMs: data.expiresAtMs }),
        InventoryShort: () => failed('inventory_short'),
      },
      compensate: ({ orderId }, { make, key }) => [make(messages.ReleaseInventory, { orderId, key })],
      compensated: ['InventoryReleased'],
    },
    {
      name: 'card',
      isDone: ({ card }) => card !== null,
      timeoutMs: ({ expiresAtMs }, nowMs) => Math.max(0, expiresAtMs - nowMs),
      onTimeout: () => failed('reservation_expired'),
    },
    {
      name: 'authorise',
      command: ({ orderId, total: amount, card }, { make, key }) => [
        make(messages.AuthorisePayment, { orderId, key, amount, card: card ?? '' }),
      ],
      replies: {
        PaymentAuthorised: (order) => done(order),
        PaymentDeclined: (_, { data }) => failed(data.reason),
        PaymentUnknown: () => unknown,
        // The customer was kept waiting long enough: what is held is let go.
        PaymentFound: (_, { data }) =>
          data.status === 'none' ? failed('payment_unknown') : undo('payment_unknown'),
      },
      ask: ({ orderId }, { make, key }) => [make(messages.AskPayment, { orderId, key })],
      compensate: ({ orderId }, { make, key }) => [make(messages.VoidPayment, { orderId, key })],
      compensated: ['PaymentVoided'],
    },
    {
      name: 'capture',
      attempts: 3,
      command: ({ orderId, total: amount }, { make }) => [
        make(messages.CapturePayment, { orderId, key: `${orderId}:authorise`, amount }),
      ],
      replies: { PaymentCaptured: (order) => done(order) },
      compensate: ({ orderId }, { make }) => [
        make(messages.RefundPayment, { orderId, key: `${orderId}:authorise` }),
      ],
      compensated: ['PaymentRefunded'],
    },
    {
      name: 'ship',
      attempts: 3,
      command: ({ orderId, depot }, { make, key }) => [
        make(messages.CreateShipment, { orderId, key, depot }),
      ],
      replies: { ShipmentCreated: (order) => done(order), ShipmentFailed: () => failed('shipment_failed') },
    },
  ],
  onCompleted: ({ orderId, lines, total }, { make }) => [
    make(messages.OrderConfirmed, { orderId, lines, total }),
  ],
  onCancelled: ({ orderId }, reason, { make }) => [make(messages.OrderCancelled, { orderId, reason })],
};

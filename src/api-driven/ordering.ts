import type { Order } from '../datastore/index.ts';
import type { NotificationType, NotificationVariables } from '../notifications/index.ts';
import {
  addCartItem,
  cancelOrder,
  commandSchemas,
  commit,
  deliverOrder,
  type Fact,
  type OrderingService,
  placeOrder,
  saveOrder,
  shipLineItem,
  shipOrder,
  takeOutOfCart,
  totalOf,
  UnknownEntityError,
  validate,
} from '../services/index.ts';
import type { Answering } from './answers.ts';
import type { CallingPorts } from './calling-ports.ts';
import type { Event } from './hand-over.ts';
import type { NotifyRequest, NotifyResult } from './notification-api.ts';

const schemas = commandSchemas.ordering;

/** Ordering, which tells its customers itself how far their orders are, and keeps track of the parts of each. */
export function createOrdering({
  handOver,
  notifications: _,
  ...ports
}: CallingPorts): Answering<OrderingService> {
  /** Changes an order, and tells of it what `requestsOf` makes of it. */
  async function change(
    orderId: string,
    decide: (order: Order) => { order: Order; events: readonly Fact[] },
    requestsOf: (event: Event, order: Order) => readonly NotifyRequest[],
  ): Promise<NotifyResult | undefined> {
    let order: Order | undefined;
    const results = await handOver.tell(
      async ({ orders }) => {
        const before = await orders.find(orderId);
        if (before === undefined) throw new UnknownEntityError('unknown_order', orderId);
        const decision = decide(before);
        await saveOrder(orders, before, decision.order);
        order = decision.order;
        return decision.events;
      },
      (event) => requestsOf(event, order as Order),
    );
    return results.at(-1);
  }

  return {
    async addCartItem(input) {
      const command = validate(schemas.addCartItem, input, 'ordering.addCartItem');
      await commit(ports, async ({ customers, products, carts }) => {
        const customer = await customers.find(command.customerId);
        const product = await products.find(command.productId);
        const { cartItem, events } = addCartItem({ customer, product }, command);
        await carts.add(cartItem);
        return events;
      });
    },

    async placeOrder(input) {
      const command = validate(schemas.placeOrder, input, 'ordering.placeOrder');
      let placed: { order: Order; items: NotificationVariables['order-confirmed']['items'] } | undefined;
      const [confirmed] = await handOver.tell(
        async (stores) => {
          const customer = await stores.customers.find(command.customerId);
          const existing = await stores.orders.find(command.orderId);
          const products = await stores.products.findMany(
            command.lineItems.map(({ productId }) => productId),
          );
          const { order, events } = placeOrder({ customer, existing, products }, command);
          await stores.orders.insert(order);
          const removed = await takeOutOfCart(stores.carts, order, ports.clock.now());
          const items = order.lineItems.map(({ productId, quantity, unitPrice }, index) => {
            return { name: products[index]?.name ?? productId, quantity, unitPrice };
          });
          placed = { order, items };
          return [...events, ...removed];
        },
        (event) => {
          if (placed === undefined) return [];
          const { order, items } = placed;
          return [
            about('order-confirmed', order, event, { orderId: order.id, items, total: totalOf(order) }),
          ];
        },
      );
      return confirmed;
    },

    async shipOrder(input) {
      const { orderId } = validate(schemas.shipOrder, input, 'ordering.shipOrder');
      return change(orderId, shipOrder, (event, order) => [
        about('order-shipped', order, event, { orderId }),
      ]);
    },

    async shipLineItem(input) {
      const command = validate(schemas.shipLineItem, input, 'ordering.shipLineItem');
      const { orderId } = command;
      return change(
        orderId,
        (before) => shipLineItem(before, command),
        (event, order) => {
          if (!hasWhollyShipped(order)) return [];
          const trackingNumbers = new Set(order.lineItems.flatMap((item) => item.trackingNumber ?? []));
          const variables = { orderId, trackingNumbers: [...trackingNumbers] };
          return [about('order-complete', order, event, variables)];
        },
      );
    },

    async deliverOrder(input) {
      const { orderId } = validate(schemas.deliverOrder, input, 'ordering.deliverOrder');
      return change(orderId, deliverOrder, (event, order) => [
        about('order-delivered', order, event, { orderId }),
      ]);
    },

    async cancelOrder(input) {
      const command = validate(schemas.cancelOrder, input, 'ordering.cancelOrder');
      const { orderId, reason } = command;
      return change(
        orderId,
        (order) => cancelOrder(order, command),
        (event, order) => [about('order-cancelled', order, event, { orderId, reason })],
      );
    },
  };
}

/** What the customer of an order is told. */
const about = <Type extends NotificationType>(
  type: Type,
  order: Order,
  cause: Event,
  variables: NotificationVariables[Type],
): NotifyRequest =>
  ({ type, customerId: order.customerId, cause, about: order.id, variables }) as NotifyRequest;

/** Everything that was not cancelled has left, and something has. */
const hasWhollyShipped = ({ lineItems }: Order): boolean =>
  lineItems.every(({ status }) => status !== 'pending') &&
  lineItems.some(({ status }) => status === 'shipped' || status === 'delivered');

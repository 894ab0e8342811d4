import type { Order } from '../datastore/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
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
import type { CallingPorts } from './calling-ports.ts';

const schemas = commandSchemas.ordering;

type Event = MessageOf<ShopEvents>;

/** Ordering, which tells its customers itself how far their orders are, and keeps track of the parts of each. */
export function createOrdering({ notifications, ...ports }: CallingPorts): OrderingService {
  async function change(
    orderId: string,
    decide: (order: Order) => { order: Order; events: readonly Fact[] },
  ): Promise<{ order: Order; event: Event | undefined }> {
    let order: Order | undefined;
    const [event] = await commit(ports, async ({ orders }) => {
      const before = await orders.find(orderId);
      if (before === undefined) throw new UnknownEntityError('unknown_order', orderId);
      const decision = decide(before);
      await saveOrder(orders, before, decision.order);
      order = decision.order;
      return decision.events;
    });
    return { order: order as Order, event };
  }

  async function tell<Type extends NotificationType>(
    type: Type,
    { order, event }: { order: Order; event: Event | undefined },
    variables: NotificationVariables[Type],
  ): Promise<void> {
    if (event === undefined) return;
    await notifications.notify({
      type,
      customerId: order.customerId,
      cause: event,
      about: order.id,
      variables,
    });
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
      const [event] = await commit(ports, async (stores) => {
        const customer = await stores.customers.find(command.customerId);
        const existing = await stores.orders.find(command.orderId);
        const products = await stores.products.findMany(command.lineItems.map(({ productId }) => productId));
        const { order, events } = placeOrder({ customer, existing, products }, command);
        await stores.orders.insert(order);
        const removed = await takeOutOfCart(stores.carts, order, ports.clock.now());
        const items = order.lineItems.map(({ productId, quantity, unitPrice }, index) => {
          return { name: products[index]?.name ?? productId, quantity, unitPrice };
        });
        placed = { order, items };
        return [...events, ...removed];
      });
      if (placed === undefined) return;
      const { order, items } = placed;
      await tell('order-confirmed', { order, event }, { orderId: order.id, items, total: totalOf(order) });
    },

    async shipOrder(input) {
      const { orderId } = validate(schemas.shipOrder, input, 'ordering.shipOrder');
      await tell('order-shipped', await change(orderId, shipOrder), { orderId });
    },

    async shipLineItem(input) {
      const command = validate(schemas.shipLineItem, input, 'ordering.shipLineItem');
      const { orderId } = command;
      const { order, event } = await change(orderId, (before) => shipLineItem(before, command));
      if (!hasWhollyShipped(order)) return;
      const trackingNumbers = new Set(order.lineItems.flatMap((item) => item.trackingNumber ?? []));
      await tell('order-complete', { order, event }, { orderId, trackingNumbers: [...trackingNumbers] });
    },

    async deliverOrder(input) {
      const { orderId } = validate(schemas.deliverOrder, input, 'ordering.deliverOrder');
      await tell('order-delivered', await change(orderId, deliverOrder), { orderId });
    },

    async cancelOrder(input) {
      const command = validate(schemas.cancelOrder, input, 'ordering.cancelOrder');
      const { orderId, reason } = command;
      await tell('order-cancelled', await change(orderId, (order) => cancelOrder(order, command)), {
        orderId,
        reason,
      });
    },
  };
}

/** Everything that was not cancelled has left, and something has. */
const hasWhollyShipped = ({ lineItems }: Order): boolean =>
  lineItems.every(({ status }) => status !== 'pending') &&
  lineItems.some(({ status }) => status === 'shipped' || status === 'delivered');

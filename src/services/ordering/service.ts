import type { Order } from '../../datastore/index.ts';
import { UnknownEntityError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import { createUnitOfWork, type ServicePorts } from '../unit-of-work.ts';
import { validate } from '../validate.ts';
import {
  type AddCartItem,
  type CancelOrder,
  type DeliverOrder,
  type PlaceOrder,
  type ShipLineItem,
  type ShipOrder,
  orderingCommands as schemas,
} from './commands.ts';
import { takeOutOfCart } from './empty-cart.ts';
import { addCartItem, placeOrder } from './place-order.ts';
import { cancelOrder, deliverOrder, shipLineItem, shipOrder } from './rules.ts';
import { saveOrder } from './save-order.ts';

/** What is in the carts, and how far the orders have come. Every refusal is a {@link DomainError}. */
export interface OrderingService {
  /** Adds to what the cart has of the product. Publishes CartItemAdded. */
  addCartItem(command: AddCartItem): Promise<void>;
  /**
   * Fixes the prices and takes the products out of the cart. Publishes OrderStatusChanged (null → placed), and
   * CartItemRemoved for each product that was in the cart.
   */
  placeOrder(command: PlaceOrder): Promise<void>;
  /** The whole order at once. Publishes OrderStatusChanged (→ shipped). */
  shipOrder(command: ShipOrder): Promise<void>;
  /** Publishes LineItemStatusChanged (→ shipped); the order's own status stays. */
  shipLineItem(command: ShipLineItem): Promise<void>;
  /** Publishes OrderStatusChanged (→ delivered). */
  deliverOrder(command: DeliverOrder): Promise<void>;
  /** Publishes OrderStatusChanged (→ cancelled), with the reason. */
  cancelOrder(command: CancelOrder): Promise<void>;
}

type Decide = (order: Order) => { order: Order; events: readonly Fact[] };

export function createOrdering(ports: ServicePorts): OrderingService {
  const unitOfWork = createUnitOfWork(ports);

  const changeOrder = (orderId: string, decide: Decide): Promise<void> =>
    unitOfWork(async ({ orders }) => {
      const before = await orders.find(orderId);
      if (before === undefined) throw new UnknownEntityError('unknown_order', orderId);
      const { order, events } = decide(before);
      await saveOrder(orders, before, order);
      return events;
    });

  return {
    async addCartItem(input) {
      const command = validate(schemas.addCartItem, input, 'ordering.addCartItem');
      await unitOfWork(async ({ customers, products, carts }) => {
        const customer = await customers.find(command.customerId);
        const product = await products.find(command.productId);
        const { cartItem, events } = addCartItem({ customer, product }, command);
        await carts.add(cartItem);
        return events;
      });
    },

    async placeOrder(input) {
      const command = validate(schemas.placeOrder, input, 'ordering.placeOrder');
      await unitOfWork(async (stores) => {
        const customer = await stores.customers.find(command.customerId);
        const existing = await stores.orders.find(command.orderId);
        const products = await stores.products.findMany(command.lineItems.map(({ productId }) => productId));
        const { order, events } = placeOrder({ customer, existing, products }, command);
        await stores.orders.insert(order);
        const removed = await takeOutOfCart(stores.carts, order, ports.clock.now());
        return [...events, ...removed];
      });
    },

    async shipOrder(input) {
      const { orderId } = validate(schemas.shipOrder, input, 'ordering.shipOrder');
      await changeOrder(orderId, shipOrder);
    },

    async shipLineItem(input) {
      const command = validate(schemas.shipLineItem, input, 'ordering.shipLineItem');
      await changeOrder(command.orderId, (order) => shipLineItem(order, command));
    },

    async deliverOrder(input) {
      const { orderId } = validate(schemas.deliverOrder, input, 'ordering.deliverOrder');
      await changeOrder(orderId, deliverOrder);
    },

    async cancelOrder(input) {
      const command = validate(schemas.cancelOrder, input, 'ordering.cancelOrder');
      await changeOrder(command.orderId, (order) => cancelOrder(order, command));
    },
  };
}

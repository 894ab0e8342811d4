import type { EventBus } from '../bus/index.ts';
import type { Datastore } from '../datastore/index.ts';
import type { DeliveryService } from '../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
import {
  createNotification,
  isPriceDrop,
  type NotificationOptions,
  type NotificationType,
  orderStatusNotification,
} from '../notifications/index.ts';
import { contentsOf } from '../services/index.ts';
import type { EventCorrelator } from './event-correlator.ts';

export interface NotificationServiceOptions {
  bus: EventBus<ShopEvents>;
  datastore: Datastore;
  delivery: DeliveryService;
  correlator: EventCorrelator;
}

/** What customers may be told of. */
const handles = [
  'CustomerRegistered',
  'OrderStatusChanged',
  'LineItemStatusChanged',
  'PriceChanged',
  'PaymentFailed',
  'PaymentReceived',
  'PromotionActivated',
] as const;

type Event<Type extends (typeof handles)[number] = (typeof handles)[number]> = MessageOf<ShopEvents, Type>;

/** How many customers are looked at at once when many are to be told. */
const candidatesPerPage = 1000;

/**
 * Listens to the shop and knows all the rules for when to notify whom; the shop does not know that it
 * exists. An event that cannot be handled is the bus's to retry or bury.
 */
export class NotificationService {
  readonly #options: NotificationServiceOptions;
  #unsubscribe: () => void = () => {};

  constructor(options: NotificationServiceOptions) {
    this.#options = options;
  }

  /**
   * Goes on with what was left undone, then listens to the bus; from then on nothing that is published is missed.
   * On a durable bus what was published while nobody listened is handled first.
   */
  async start(): Promise<void> {
    const { bus, delivery } = this.#options;
    await delivery.start();
    this.#unsubscribe = bus.subscribe({
      name: 'notification-service',
      handles,
      handle: (event) => this.#handle(event),
    });
    await bus.settle();
  }

  /** Finishes what is in hand and listens no more. */
  async stop(): Promise<void> {
    const { bus, delivery } = this.#options;
    await bus.finishInHand();
    this.#unsubscribe();
    await delivery.stop();
  }

  async #handle(event: Event): Promise<void> {
    switch (event.type) {
      case 'CustomerRegistered':
        return this.#notify('welcome', event, { about: event.data.customerId, variables: {} });
      case 'OrderStatusChanged':
        return this.#orderStatusChanged(event);
      case 'LineItemStatusChanged':
        return this.#lineItemStatusChanged(event);
      case 'PriceChanged':
        return this.#priceChanged(event);
      case 'PromotionActivated':
        return this.#promotionActivated(event);
      case 'PaymentFailed': {
        const { paymentId, orderId, amount, reason } = event.data;
        return this.#notify('payment-failed', event, {
          about: paymentId,
          variables: { orderId, amount, reason },
        });
      }
      case 'PaymentReceived': {
        const { paymentId, orderId, amount } = event.data;
        const { items } = await contentsOf(this.#options.datastore, orderId);
        return this.#notify('payment-received', event, {
          about: paymentId,
          variables: { orderId, paymentId, amount, items },
        });
      }
    }
  }

  async #orderStatusChanged(event: Event<'OrderStatusChanged'>): Promise<void> {
    const { orderId, status, reason } = event.data;
    const type = orderStatusNotification[status];
    const isOver = status === 'delivered' || status === 'cancelled';
    if (isOver) await this.#options.correlator.forget(orderId);
    if (type === 'order-confirmed') {
      const contents = await contentsOf(this.#options.datastore, orderId);
      return this.#notify(type, event, { about: orderId, variables: { orderId, ...contents } });
    }
    if (type === 'order-cancelled')
      return this.#notify(type, event, { about: orderId, variables: { orderId, reason } });
    return this.#notify(type, event, { about: orderId, variables: { orderId } });
  }

  async #lineItemStatusChanged(event: Event<'LineItemStatusChanged'>): Promise<void> {
    const { correlator, datastore } = this.#options;
    if (!(await correlator.completes(event))) return;
    const { orderId } = event.data;
    const order = await datastore.orders.find(orderId);
    const trackingNumbers = new Set(order?.lineItems.flatMap((item) => item.trackingNumber ?? []));
    const variables = { orderId, trackingNumbers: [...trackingNumbers] };
    await this.#notify('order-complete', event, { about: orderId, variables });
    await correlator.forget(orderId);
  }

  async #priceChanged(event: Event<'PriceChanged'>): Promise<void> {
    const { productId, previousPrice, price } = event.data;
    if (!isPriceDrop(previousPrice, price)) return;
    const { carts, products } = this.#options.datastore;
    const productName = (await products.find(productId))?.name ?? productId;
    const variables = { productName, previousPrice, price };
    for (let afterCustomerId = ''; ; ) {
      const page = { afterCustomerId, limit: candidatesPerPage, atEvent: event.id };
      const customerIds = await carts.customersWith(productId, page);
      const last = customerIds.at(-1);
      if (last === undefined) return;
      afterCustomerId = last;
      const toldAll = customerIds.map((customerId) => {
        return this.#tell('price-drop', { customerId, cause: event, about: event.id, variables });
      });
      await Promise.all(toldAll);
    }
  }

  async #promotionActivated(event: Event<'PromotionActivated'>): Promise<void> {
    const { promotionId, segments, name, code, discountPercent } = event.data;
    const { customers } = this.#options.datastore;
    const variables = { name, code, discountPercent };
    for (let afterCustomerId = ''; ; ) {
      const page = { afterCustomerId, limit: candidatesPerPage, atEvent: event.id };
      const customerIds = await customers.inSegments(segments, page);
      const last = customerIds.at(-1);
      if (last === undefined) return;
      afterCustomerId = last;
      const toldAll = customerIds.map((customerId) => {
        return this.#tell('promotion-available', { customerId, cause: event, about: promotionId, variables });
      });
      await Promise.all(toldAll);
    }
  }

  /** Tells the customer whom the event names. */
  #notify<Type extends NotificationType>(
    type: Type,
    event: Exclude<Event, Event<'PriceChanged' | 'PromotionActivated'>>,
    { about, variables }: Pick<NotificationOptions<Type>, 'about' | 'variables'>,
  ): Promise<void> {
    return this.#tell(type, { customerId: event.data.customerId, cause: event, about, variables });
  }

  async #tell<Type extends NotificationType>(
    type: Type,
    options: Omit<NotificationOptions<Type>, 'type'>,
  ): Promise<void> {
    await this.#options.delivery.request(createNotification({ type, ...options }));
  }
}

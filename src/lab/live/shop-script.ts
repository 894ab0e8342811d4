import { createMessage, type MessageOf, type ShopEvents, shopEvents } from '../../events/index.ts';
import { createIds, InputError, seededRandom, VirtualClock } from '../../kernel/index.ts';
import type { Command } from '../../services/index.ts';

/** Who orders, one after the other: of the sample shop, those who are told of it by mail and text. */
export const labCustomers = ['ada', 'ben', 'clara', 'gina', 'hana'] as const;

/** What happens in the shop: the next order, shipment, payment and price, the same each time it is played. */
export class ShopScript {
  readonly #orders: string[] = [];
  readonly #unshipped: string[] = [];
  #payments = 0;
  #poisons = 0;
  #price = 7900;

  order(): Command {
    const orderId = `lab-${this.#orders.length + 1}`;
    const customerId = labCustomers[this.#orders.length % labCustomers.length] ?? 'ada';
    this.#orders.push(orderId);
    this.#unshipped.push(orderId);
    const lineItems = [{ lineItemId: `${orderId}-1`, productId: 'helmet', quantity: 1 }];
    return { service: 'ordering', command: 'placeOrder', data: { orderId, customerId, lineItems } };
  }

  /** @throws {InputError} all have shipped. */
  ship(): Command {
    const orderId = this.#unshipped.shift();
    if (orderId === undefined) throw impossible('there is no order to ship', 'Let a customer order first.');
    return { service: 'ordering', command: 'shipOrder', data: { orderId } };
  }

  /** @throws {InputError} nobody has ordered. */
  failPayment(): Command {
    const orderId = this.#orders.at(-1);
    if (orderId === undefined)
      throw impossible('there is no order to pay for', 'Let a customer order first.');
    const paymentId = `lab-payment-${++this.#payments}`;
    return {
      service: 'billing',
      command: 'failPayment',
      data: { paymentId, orderId, reason: 'card_declined' },
    };
  }

  /** An event of an order that nobody knows. */
  poison(nowMs: number): MessageOf<ShopEvents> {
    const clock = new VirtualClock(nowMs);
    const ids = createIds(clock, seededRandom(1_000_000 + ++this.#poisons));
    const data = {
      orderId: 'lab-unknown',
      customerId: 'ada',
      previousStatus: null,
      status: 'placed',
      reason: null,
      lineItems: null,
    } as const;
    return createMessage({ clock, ids }, shopEvents.OrderStatusChanged, data);
  }

  dropPrice(): Command {
    this.#price = Math.round(this.#price * 0.9);
    const price = { amount: this.#price, currency: 'USD' };
    return { service: 'pricing', command: 'updatePrice', data: { productId: 'helmet', price } };
  }
}

const impossible = (message: string, help: string): InputError => new InputError({ message, help });

import type { Command } from '../../../src/services/index.ts';

/** One command, and the keys under which the provider must get what follows from it. */
export interface Errand {
  readonly number: number;
  readonly command: Command;
  readonly keys: readonly string[];
}

interface Given extends Errand {
  /** In how many lives of the shop it was given. */
  times: number;
}

/**
 * Customers of a busy shop, a few at a time. Each registers, orders, pays and gets the goods, one command after the
 * other; a command that a dying shop did not answer is given again to the next, as any client would.
 */
export class Shoppers {
  /** Those that the shop carried out, as it said itself. */
  readonly acknowledged: Errand[] = [];
  readonly #atATime: number;
  readonly #baskets: Errand[][] = [];
  /** By number: given, and not answered yet. */
  readonly #given = new Map<number, Given>();
  /** What is to be given to the life of the shop that runs. */
  #toGive: Given[] = [];
  #customers = 0;
  #errands = 0;
  #isOpen = true;

  constructor(atATime: number) {
    this.#atATime = atATime;
  }

  /** What may be given now. */
  next(): Errand | undefined {
    while (this.#isOpen && this.#baskets.length < this.#atATime) this.#comeIn();
    const given = this.#toGive.shift();
    if (given !== undefined) given.times++;
    return given;
  }

  /**
   * The shop has answered. It may say that it had done so in an earlier life, which died before it could answer;
   * anything else that it refuses is a mistake.
   */
  answered(number: number, refusal: string | null): void {
    const given = this.#given.get(number);
    // Heard from a dead process, after its successor.
    if (given === undefined) return;
    if (refusal !== null && given.times === 1) throw new Error(`errand ${number} was refused: ${refusal}`);
    this.#given.delete(number);
    this.acknowledged.push(given);
    const basket = this.#baskets.findIndex(([errand]) => errand === given);
    const rest = this.#baskets[basket]?.slice(1) ?? [];
    this.#baskets.splice(basket, 1, ...(rest.length > 0 ? [rest] : []));
    if (rest.length > 0) this.#give(rest);
  }

  /** A new life of the shop knows nothing of what the last one was given. */
  begin(): void {
    this.#toGive = [...this.#given.values()];
  }

  /** No more customers come in. */
  close(): void {
    this.#isOpen = false;
  }

  get areGone(): boolean {
    return !this.#isOpen && this.#baskets.length === 0;
  }

  #comeIn(): void {
    const customer = `c${++this.#customers}`;
    const basket = errandsOf(customer).map(
      ({ command, keys }): Given => ({ number: ++this.#errands, command, keys, times: 0 }),
    );
    this.#baskets.push(basket);
    this.#give(basket);
  }

  #give(basket: readonly Errand[]): void {
    const [first] = basket as readonly [Given];
    this.#given.set(first.number, first);
    this.#toGive.push(first);
  }
}

function errandsOf(customerId: string): Omit<Errand, 'number'>[] {
  const orderId = `o-${customerId}`;
  const [failed, received] = [`p1-${customerId}`, `p2-${customerId}`];
  const [gloves, helmet] = [`${orderId}-1`, `${orderId}-2`];
  const lineItems = [
    { lineItemId: gloves, productId: 'gloves', quantity: 1 },
    { lineItemId: helmet, productId: 'helmet', quantity: 2 },
  ];
  const told = (type: string, about: string): string[] =>
    ['email', 'sms'].map((channel) => `${type}:${about}:${customerId}:${channel}`);
  return [
    { command: register(customerId), keys: [`welcome:${customerId}:${customerId}:email`] },
    {
      command: { service: 'ordering', command: 'placeOrder', data: { orderId, customerId, lineItems } },
      keys: told('order-confirmed', orderId),
    },
    {
      command: {
        service: 'billing',
        command: 'failPayment',
        data: { paymentId: failed, orderId, reason: 'card_declined' },
      },
      keys: told('payment-failed', failed),
    },
    {
      command: { service: 'billing', command: 'receivePayment', data: { paymentId: received, orderId } },
      keys: told('payment-received', received),
    },
    { command: ship(orderId, gloves), keys: [] },
    { command: ship(orderId, helmet), keys: told('order-complete', orderId) },
    {
      command: { service: 'ordering', command: 'deliverOrder', data: { orderId } },
      keys: told('order-delivered', orderId),
    },
  ];
}

const ship = (orderId: string, lineItemId: string): Command => ({
  service: 'ordering',
  command: 'shipLineItem',
  data: { orderId, lineItemId },
});

const register = (customerId: string): Command => ({
  service: 'accounts',
  command: 'registerCustomer',
  data: {
    customerId,
    name: 'Kim Lund',
    email: `${customerId}@example.com`,
    phone: '+15550100',
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: { order_updates: { sms: true }, payment_alerts: { sms: true } },
  },
});

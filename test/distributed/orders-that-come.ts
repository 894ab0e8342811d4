import { pause } from './deployment.ts';

/** Commands that go on and on, as customers give them; what was acknowledged is remembered. */
export interface Orders {
  /** Ids of notifications that each acknowledged command leads to, the first of a subject first. */
  readonly promised: readonly string[];
  /** Each order's payments, in the order in which they were acknowledged to have failed. */
  readonly payments: ReadonlyMap<string, readonly string[]>;
  /** How often a command was refused, or not answered, and given again. */
  readonly refused: number;
  /** Begins nothing more, and resolves when what is under way is acknowledged. */
  end(): Promise<void>;
  /** Begins nothing more, and gives up what is under way. */
  abandon(): void;
}

/**
 * One customer after the other in each of four lines: registers, orders, and pays in vain, three times.
 * @param url Of whoever takes commands at the moment.
 * @param season in the ids of all of it, which are to be new.
 */
export async function ordersComeTo(url: string | (() => string), season: string): Promise<Orders> {
  const promised: string[] = [];
  const payments = new Map<string, string[]>();
  let refused = 0;
  let isOver = false;
  let isAbandoned = false;

  /** Until it is acknowledged: whoever is refused, or hears nothing, asks again, under the same key. */
  async function give(path: string, body: object): Promise<void> {
    const key = crypto.randomUUID();
    while (!isAbandoned) {
      const response = await fetch(`${typeof url === 'string' ? url : url()}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      }).catch(() => undefined);
      const text = (await response?.text().catch(() => undefined)) ?? '';
      // What exists was done when its answer was lost.
      if (response?.ok || /"code":"\w+_exists"/.test(text)) return;
      if (response && response.status < 500 && !text.includes('"request_in_progress"'))
        throw new Error(`${path}: ${response.status} ${text}`);
      refused++;
      await pause(100);
    }
  }

  async function oneCustomer(customerId: string): Promise<void> {
    const orderId = `order-of-${customerId}`;
    await give('/v1/customers', {
      customerId,
      name: customerId,
      email: `${customerId}@example.com`,
      segment: 'standard',
      locale: 'en-GB',
      timeZone: 'Europe/London',
    });
    promised.push(`welcome:${customerId}:${customerId}`);
    await give('/v1/orders', {
      orderId,
      customerId,
      lineItems: [{ lineItemId: `${orderId}-1`, productId: `${season}-helmet`, quantity: 1 }],
    });
    promised.push(`order-confirmed:${orderId}:${customerId}`);
    for (const nr of [1, 2, 3]) {
      const paymentId = `${nr}-${orderId}`;
      await give(`/v1/orders/${orderId}/failed-payments`, { paymentId, reason: 'card_declined' });
      promised.push(`payment-failed:${paymentId}:${customerId}`);
      payments.set(orderId, [...(payments.get(orderId) ?? []), `payment-failed:${paymentId}:${customerId}`]);
      await pause(60);
    }
  }

  async function line(name: string): Promise<void> {
    for (let nr = 0; !isOver; nr++) await oneCustomer(`${name}-${nr}`);
  }

  await give('/v1/products', {
    productId: `${season}-helmet`,
    name: 'Helmet',
    price: { amount: 7900, currency: 'EUR' },
  });
  const lines = Promise.all(['a', 'b', 'c', 'd'].map((name) => line(`${season}-${name}`)));
  lines.catch(() => {});
  return {
    promised,
    payments,
    get refused() {
      return refused;
    },
    async end() {
      isOver = true;
      await lines;
    },
    abandon() {
      isOver = isAbandoned = true;
    },
  };
}

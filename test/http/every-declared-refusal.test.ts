import { expect, it } from 'vitest';
import { DatastoreUnavailableError } from '../../src/datastore/index.ts';
import { operations } from '../../src/http/operations.ts';
import { openServedShop } from './served-shop.ts';

const token = 'a token that is long enough';
const usd = (amount: number, currency = 'USD') => ({ amount, currency });
const address = { address: 'nobody@example.com' };
const item = (lineItemId: string, productId = 'gloves', quantity = 1) => ({
  lineItemId,
  productId,
  quantity,
});
const order = { orderId: 'ord-9', customerId: 'ada', lineItems: [item('a')] };
const mia = {
  customerId: 'mia',
  name: 'Mia',
  email: 'mia@example.com',
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
};
const text = { notificationId: 'n', channel: 'email', recipient: 'ada', message: 'one' };
const click = { 'List-Unsubscribe': 'One-Click' };

/** Operation → a request that it answers, and for each code of its own one that is refused with it. */
const asked: Readonly<
  Record<string, { fits: [path: string, body?: object]; [code: string]: [string, object?] }>
> = {
  registerCustomer: {
    fits: ['/v1/customers', mia],
    customer_exists: ['/v1/customers', { ...mia, customerId: 'ada' }],
    invalid_command: ['/v1/customers', { ...mia, email: 'mia' }],
  },
  addCartItem: {
    fits: ['/v1/customers/ada/cart-items', { productId: 'gloves', quantity: 1 }],
    unknown_customer: ['/v1/customers/none/cart-items', { productId: 'gloves', quantity: 1 }],
    unknown_product: ['/v1/customers/ada/cart-items', { productId: 'none', quantity: 1 }],
    customer_erased: ['/v1/customers/erin/cart-items', { productId: 'gloves', quantity: 1 }],
    invalid_command: ['/v1/customers/ada/cart-items', { productId: 'gloves', quantity: -1 }],
  },
  ...Object.fromEntries(
    (
      [
        ['updateContact', 'contact', { name: 'Ada' }, { email: 7 }],
        ['updatePreferences', 'preferences', { preferences: { order_updates: { sms: false } } }, {}],
        ['setQuietHours', 'quiet-hours', { quietHours: null }, {}],
        ['unsubscribe', 'unsubscriptions', { category: 'price_alerts' }, {}],
      ] as const
    ).map(([id, path, fits, misfits]) => [
      id,
      {
        fits: [`/v1/customers/ada/${path}`, fits],
        unknown_customer: [`/v1/customers/none/${path}`, fits],
        customer_erased: [`/v1/customers/erin/${path}`, fits],
        invalid_command: [`/v1/customers/ada/${path}`, misfits],
      },
    ]),
  ),
  eraseCustomer: {
    fits: ['/v1/customers/finn/erasure', {}],
    unknown_customer: ['/v1/customers/none/erasure', {}],
    invalid_command: [`/v1/customers/${'x'.repeat(300)}/erasure`, {}],
  },
  addProduct: {
    fits: ['/v1/products', { productId: 'lamp', name: 'Lamp', price: usd(1) }],
    product_exists: ['/v1/products', { productId: 'helmet', name: 'Lamp', price: usd(1) }],
    invalid_command: ['/v1/products', { productId: 'lamp' }],
  },
  updatePrice: {
    fits: ['/v1/products/helmet/price', { price: usd(1) }],
    unknown_product: ['/v1/products/none/price', { price: usd(1) }],
    currency_mismatch: ['/v1/products/helmet/price', { price: usd(1, 'EUR') }],
    invalid_command: ['/v1/products/helmet/price', {}],
  },
  activatePromotion: {
    fits: [
      '/v1/promotions',
      { promotionId: 'p', name: 'P', code: 'SPRING', discountPercent: 5, segments: ['gold'] },
    ],
    promotion_exists: [
      '/v1/promotions',
      { promotionId: 'p', name: 'Q', code: 'SUMMER', discountPercent: 5, segments: ['gold'] },
    ],
    invalid_command: ['/v1/promotions', {}],
  },
  placeOrder: {
    fits: ['/v1/orders', order],
    unknown_customer: ['/v1/orders', { ...order, orderId: 'ord-10', customerId: 'none' }],
    unknown_product: ['/v1/orders', { ...order, orderId: 'ord-10', lineItems: [item('a', 'none')] }],
    order_exists: ['/v1/orders', { ...order, orderId: 'ord-1001' }],
    customer_erased: ['/v1/orders', { ...order, orderId: 'ord-10', customerId: 'erin' }],
    duplicate_line_item: ['/v1/orders', { ...order, orderId: 'ord-10', lineItems: [item('a'), item('a')] }],
    currency_mismatch: [
      '/v1/orders',
      { ...order, orderId: 'ord-10', lineItems: [item('a'), item('b', 'euro')] },
    ],
    total_too_large: [
      '/v1/orders',
      { ...order, orderId: 'ord-10', lineItems: [item('a', 'dear', 1_000_000)] },
    ],
    invalid_command: ['/v1/orders', {}],
  },
  shipOrder: {
    fits: ['/v1/orders/ord-1001/shipments', {}],
    unknown_order: ['/v1/orders/none/shipments', {}],
    wrong_order_status: ['/v1/orders/ord-1002/shipments', {}],
    invalid_command: [`/v1/orders/${'x'.repeat(300)}/shipments`, {}],
  },
  shipLineItem: {
    fits: ['/v1/orders/ord-7/line-items/a/shipments', {}],
    unknown_order: ['/v1/orders/none/line-items/a/shipments', {}],
    unknown_line_item: ['/v1/orders/ord-7/line-items/none/shipments', {}],
    wrong_order_status: ['/v1/orders/ord-1002/line-items/ord-1002-1/shipments', {}],
    wrong_line_item_status: ['/v1/orders/ord-7/line-items/b/shipments', {}],
    invalid_command: ['/v1/orders/ord-7/line-items/a/shipments', { trackingNumber: 7 }],
  },
  deliverOrder: {
    fits: ['/v1/orders/ord-6/deliveries', {}],
    unknown_order: ['/v1/orders/none/deliveries', {}],
    wrong_order_status: ['/v1/orders/ord-1002/deliveries', {}],
    invalid_command: [`/v1/orders/${'x'.repeat(300)}/deliveries`, {}],
  },
  cancelOrder: {
    fits: ['/v1/orders/ord-1004/cancellations', { reason: 'customer_request' }],
    unknown_order: ['/v1/orders/none/cancellations', { reason: 'customer_request' }],
    wrong_order_status: ['/v1/orders/ord-6/cancellations', { reason: 'customer_request' }],
    invalid_command: ['/v1/orders/ord-1004/cancellations', {}],
  },
  receivePayment: {
    fits: ['/v1/orders/ord-1001/payments', { paymentId: 'pay-1' }],
    unknown_order: ['/v1/orders/none/payments', { paymentId: 'pay-2' }],
    payment_exists: ['/v1/orders/ord-1001/payments', { paymentId: 'pay-0' }],
    invalid_command: ['/v1/orders/ord-1001/payments', {}],
  },
  failPayment: {
    fits: ['/v1/orders/ord-1001/failed-payments', { paymentId: 'pay-3', reason: 'card_declined' }],
    unknown_order: ['/v1/orders/none/failed-payments', { paymentId: 'pay-4', reason: 'card_declined' }],
    payment_exists: ['/v1/orders/ord-1001/failed-payments', { paymentId: 'pay-0', reason: 'card_declined' }],
    invalid_command: ['/v1/orders/ord-1001/failed-payments', {}],
  },
  sendText: {
    fits: ['/v1/notifications', text],
    text_differs: ['/v1/notifications', { ...text, message: 'two' }],
    refused_text: ['/v1/notifications', {}],
  },
  getNotification: {
    fits: ['/v1/notifications/own-text:n%2Femail:ada'],
    unknown_notification: ['/v1/notifications/none'],
  },
  explain: { fits: ['/v1/explain/ord-1001'], bad_input: ['/v1/explain/none'] },
  redriveDeadLetter: { fits: ['/healthz'], unknown_dead_letter: ['/v1/dead-letters/none/redrive'] },
  discardDeadLetter: { fits: ['/healthz'], unknown_dead_letter: ['/v1/dead-letters/none/discard'] },
  suppress: { fits: ['/v1/suppressions', address], bad_input: ['/v1/suppressions', { address: ' ' }] },
  liftSuppression: {
    fits: ['/v1/suppressions/lift', address],
    not_suppressed: ['/v1/suppressions/lift', { address: 'other@example.com' }],
  },
  breakProvider: {
    fits: ['/v1/providers/sms/break', { kind: 'down' }],
    unknown_provider: ['/v1/providers/pigeon/break', { kind: 'down' }],
    unknown_customer: ['/v1/providers/sms/break', { kind: 'refuses', customerId: 'none' }],
    no_contact: ['/v1/providers/sms/break', { kind: 'refuses', customerId: 'erin' }],
  },
  mendProvider: {
    fits: ['/v1/providers/sms/mend', {}],
    unknown_provider: ['/v1/providers/pigeon/mend', {}],
  },
  takeReceipts: {
    fits: ['/v1/receipts', { channel: 'sms', providerMessageId: 'x', status: 'delivered' }],
    bad_input: ['/v1/receipts', {}],
  },
  askToUnsubscribe: { fits: ['/healthz'], invalid_unsubscribe_link: ['/unsubscribe?token=x'] },
  unsubscribeByLink: { fits: ['/healthz'], invalid_unsubscribe_link: ['/unsubscribe?token=x', click] },
};

/** Shown where a state of the whole server is at issue: event-streams, answers-and-refusals, reading-and-mending. */
const elsewhere = ['too_many_streams', 'stopping', 'not_dead_lettered', 'invalid_message'];

/** As the requests above find it. */
async function openPrepared(options: Parameters<typeof openServedShop>[0] = {}) {
  const served = await openServedShop({ ...options, isBreakable: true });
  const { accounts, ordering, pricing, billing } = served.shop.services;
  await pricing.addProduct({ productId: 'euro', name: 'Euro', price: usd(1, 'EUR') });
  await pricing.addProduct({ productId: 'dear', name: 'Dear', price: usd(900_000_000_000_000) });
  for (const orderId of ['ord-6', 'ord-7'])
    await ordering.placeOrder({ orderId, customerId: 'ada', lineItems: [item('a'), item('b')] });
  await ordering.shipOrder({ orderId: 'ord-6' });
  await ordering.shipLineItem({ orderId: 'ord-7', lineItemId: 'b' });
  await ordering.cancelOrder({ orderId: 'ord-1002', reason: 'customer_request' });
  await billing.receivePayment({ paymentId: 'pay-0', orderId: 'ord-1001' });
  await accounts.eraseCustomer({ customerId: 'erin' });
  return served;
}

const initOf = (method: string, body: object | undefined, bodyType = 'application/json'): RequestInit => ({
  method: method.toUpperCase(),
  ...(body && {
    headers: { 'content-type': bodyType },
    body: bodyType.includes('json') ? JSON.stringify(body) : String(new URLSearchParams({ ...body })),
  }),
});

it('every code that an operation declares is one that it refuses with', async () => {
  const { ask } = await openPrepared({ requestsPerMinute: 1e9 });
  for (const { id, method, bodyType, problems = {} } of operations) {
    const { fits, ...refusals } = asked[id] ?? { fits: undefined };
    if (fits)
      expect(
        (await ask(fits[0], initOf(fits[0] === '/healthz' ? 'get' : method, fits[1], bodyType))).status,
        id,
      ).toBeLessThan(300);
    const codes = Object.values(problems).flat();
    expect(Object.keys(refusals).sort(), id).toEqual(
      codes.filter((code) => !elsewhere.includes(code)).sort(),
    );
    for (const [code, [path, body]] of Object.entries(refusals) as [string, [string, object?]][])
      expect(await ask(path, initOf(method, body, bodyType)), `${id} ${code}`).toMatchObject({
        body: { code },
      });
  }
});

it('what is read before anything is done is refused alike everywhere', async () => {
  const { ask } = await openPrepared({ token, requestsPerMinute: 1e9 });
  const authorization = `Bearer ${token}`;
  for (const { method, path: pattern, body, bodyType = 'application/json', query } of operations) {
    const path = pattern.replace(/\{\w+\}/g, 'none');
    const codeOf = async (headers: Record<string, string>, text?: string, asked = path) => {
      const init = { method: method.toUpperCase(), headers: { authorization, ...headers } };
      return (await ask(asked, text === undefined ? init : { ...init, body: text })).body?.code;
    };
    expect(await codeOf({ origin: 'https://evil.example' })).toBe('origin_refused');
    if (query)
      expect(await codeOf({ 'content-type': bodyType }, body && 'a=b', `${path}?nobody=1`)).toBe(
        'invalid_request',
      );
    if (!body) continue;
    const valid = query ? `${path}?token=x` : path;
    expect(await codeOf({ 'content-type': 'text/plain' }, '{}', valid)).toBe('unsupported_media_type');
    expect(await codeOf({ 'content-type': bodyType }, 'x'.repeat(2 ** 20 + 1), valid)).toBe('body_too_large');
    if (bodyType === 'application/json')
      expect(await codeOf({ 'content-type': bodyType }, '{')).toBe('invalid_json');
  }
});

it('trouble of the datastore, and faults, are told apart by every command', async () => {
  for (const [thrown, code] of [
    [
      new DatastoreUnavailableError(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' })),
      'datastore_unavailable',
    ],
    [new TypeError('a defect'), 'internal_error'],
  ] as const) {
    const fails = () => Promise.reject(thrown);
    const { ask } = await openServedShop({
      requestsPerMinute: 1e9,
      served: (served) => {
        const failing = new Proxy({}, { get: () => fails });
        const services = new Proxy({}, { get: () => failing }) as typeof served.shop.services;
        return { ...served, shop: { ...served.shop, services, send: fails } };
      },
    });
    for (const id of operations
      .filter(
        ({ tag, method }) =>
          method === 'post' && tag in { accounts: 1, ordering: 1, pricing: 1, billing: 1, promotions: 1 },
      )
      .map(({ id }) => id)) {
      const [path, body] = asked[id]?.fits ?? [''];
      expect((await ask(path, initOf('post', body))).body, id).toMatchObject({ code });
    }
  }
});

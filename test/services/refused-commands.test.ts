import { describe, expect, test } from 'vitest';
import { type Command, DomainError, type DomainErrorCode, execute } from '../../src/services/index.ts';
import { command, kim, memoryOf, openShopWithOrder, type Shop, twoHelmetsAndABell, usd } from './shop.ts';

interface Refusal {
  because: string;
  given?: readonly Command[];
  when: Command;
  code: DomainErrorCode;
  says: string;
}

const toOrder = { orderId: 'order-1' };
const item = (lineItemId: string) => ({ ...toOrder, lineItemId });
const shipOrder = command({ service: 'ordering', command: 'shipOrder', data: toOrder });
const deliverOrder = command({ service: 'ordering', command: 'deliverOrder', data: toOrder });
const cancelOrder = command({
  service: 'ordering',
  command: 'cancelOrder',
  data: { ...toOrder, reason: 'customer_request' },
});
const shipItem = (lineItemId: string): Command => ({
  service: 'ordering',
  command: 'shipLineItem',
  data: item(lineItemId),
});
const order = (
  lineItems: readonly { lineItemId: string; productId: string; quantity: number }[],
): Command => ({
  service: 'ordering',
  command: 'placeOrder',
  data: { orderId: 'order-2', customerId: 'kim', lineItems: [...lineItems] },
});
const addCartItem = (data: { customerId: string; productId: string; quantity: number }): Command => ({
  service: 'ordering',
  command: 'addCartItem',
  data,
});
const addProduct = (productId: string, price: { amount: number; currency: string }): Command => ({
  service: 'pricing',
  command: 'addProduct',
  data: { productId, name: productId, price },
});
const updatePrice = (productId: string, price: { amount: number; currency: string }): Command => ({
  service: 'pricing',
  command: 'updatePrice',
  data: { productId, price },
});
const failPayment = (data: { paymentId: string; orderId: string }): Command => ({
  service: 'billing',
  command: 'failPayment',
  data: { ...data, reason: 'card_declined' },
});
const receivePayment = (data: { paymentId: string; orderId: string }): Command => ({
  service: 'billing',
  command: 'receivePayment',
  data,
});
const pay1 = { paymentId: 'pay-1', orderId: 'order-1' };

const refusals: Record<string, readonly Refusal[]> = {
  'an id that nobody knows': [
    {
      because: 'a cart of an unknown customer',
      when: addCartItem({ customerId: 'lee', productId: 'bell', quantity: 1 }),
      code: 'unknown_customer',
      says: 'there is no customer "lee"',
    },
    {
      because: 'an unknown product in a cart',
      when: addCartItem({ customerId: 'kim', productId: 'mirror', quantity: 1 }),
      code: 'unknown_product',
      says: 'there is no product "mirror"',
    },
    {
      because: 'an order of an unknown customer',
      when: {
        service: 'ordering',
        command: 'placeOrder',
        data: { ...twoHelmetsAndABell, orderId: 'order-2', customerId: 'lee' },
      },
      code: 'unknown_customer',
      says: 'there is no customer "lee"',
    },
    {
      because: 'an unknown product in an order',
      when: order([
        { lineItemId: '1', productId: 'bell', quantity: 1 },
        { lineItemId: '2', productId: 'mirror', quantity: 1 },
      ]),
      code: 'unknown_product',
      says: 'there is no product "mirror"',
    },
    {
      because: 'the price of an unknown product',
      when: updatePrice('mirror', usd(1)),
      code: 'unknown_product',
      says: 'there is no product "mirror"',
    },
    ...[
      command({ service: 'ordering', command: 'shipOrder', data: { orderId: 'order-2' } }),
      command({
        service: 'ordering',
        command: 'shipLineItem',
        data: { orderId: 'order-2', lineItemId: '1' },
      }),
      command({ service: 'ordering', command: 'deliverOrder', data: { orderId: 'order-2' } }),
      command({ service: 'ordering', command: 'cancelOrder', data: { orderId: 'order-2', reason: 'r' } }),
      failPayment({ paymentId: 'pay-1', orderId: 'order-2' }),
      receivePayment({ paymentId: 'pay-1', orderId: 'order-2' }),
    ].map((when) => ({
      because: `${when.command} of an unknown order`,
      when,
      code: 'unknown_order' as const,
      says: 'there is no order "order-2"',
    })),
    {
      because: 'a line item that the order does not have',
      when: shipItem('order-1-9'),
      code: 'unknown_line_item',
      says: 'there is no line item "order-1-9"',
    },
  ],

  'an id that is taken': [
    {
      because: 'a customer',
      when: { service: 'accounts', command: 'registerCustomer', data: { ...kim, name: 'Another Kim' } },
      code: 'customer_exists',
      says: 'there is a customer "kim" already',
    },
    {
      because: 'a product',
      when: addProduct('bell', usd(1)),
      code: 'product_exists',
      says: 'there is a product "bell" already',
    },
    {
      because: 'an order',
      when: { service: 'ordering', command: 'placeOrder', data: twoHelmetsAndABell },
      code: 'order_exists',
      says: 'there is an order "order-1" already',
    },
    ...[receivePayment(pay1), failPayment(pay1)].flatMap((first) =>
      [receivePayment(pay1), failPayment(pay1)].map((when) => ({
        because: `${when.command} of an attempt that ended with ${first.command}`,
        given: [first],
        when,
        code: 'payment_exists' as const,
        says: 'there is a payment "pay-1" already',
      })),
    ),
  ],

  'a status that does not allow it': [
    ...[shipOrder, shipItem('order-1-1'), cancelOrder].flatMap((when) =>
      [[shipOrder], [shipOrder, deliverOrder], [cancelOrder]].map((given) => ({
        because: `${when.command} after ${given.map((each) => each.command).join(' and ')}`,
        given,
        when,
        code: 'wrong_order_status' as const,
        says: 'order "order-1" is ',
      })),
    ),
    ...[[], [shipItem('order-1-1')], [cancelOrder], [shipOrder, deliverOrder]].map((given) => ({
      because: `deliverOrder after ${given.map((each) => each.command).join(' and ') || 'nothing'}`,
      given,
      when: deliverOrder,
      code: 'wrong_order_status' as const,
      says: 'and cannot be delivered',
    })),
    {
      because: 'cancelOrder of an order that has shipped in part',
      given: [shipItem('order-1-1')],
      when: cancelOrder,
      code: 'wrong_order_status',
      says: 'order "order-1" cannot be cancelled: line item "order-1-1" is shipped',
    },
    {
      because: 'shipLineItem of one that has shipped',
      given: [shipItem('order-1-1')],
      when: shipItem('order-1-1'),
      code: 'wrong_line_item_status',
      says: 'line item "order-1-1" is shipped and cannot be shipped',
    },
  ],

  'an order that makes no sense': [
    {
      because: 'two line items of one id',
      when: order([
        { lineItemId: '1', productId: 'bell', quantity: 1 },
        { lineItemId: '1', productId: 'helmet', quantity: 1 },
      ]),
      code: 'duplicate_line_item',
      says: 'order "order-2" has the line item "1" twice',
    },
    {
      because: 'products in two currencies',
      given: [addProduct('euro-pump', { amount: 1500, currency: 'EUR' })],
      when: order([
        { lineItemId: '1', productId: 'bell', quantity: 1 },
        { lineItemId: '2', productId: 'euro-pump', quantity: 1 },
      ]),
      code: 'currency_mismatch',
      says: 'order "order-2" would mix USD and EUR',
    },
    {
      because: 'a total past what a number holds exactly',
      when: order([{ lineItemId: '1', productId: 'bell', quantity: Number.MAX_SAFE_INTEGER }]),
      code: 'total_too_large',
      says: 'the total of order "order-2" is too large to be exact',
    },
    {
      because: 'a price in another currency',
      when: updatePrice('bell', { amount: 650, currency: 'EUR' }),
      code: 'currency_mismatch',
      says: 'would mix USD and EUR',
    },
  ],

  'a value that no schema allows': [
    {
      because: 'a negative quantity in a cart',
      when: addCartItem({ customerId: 'kim', productId: 'bell', quantity: -1 }),
      code: 'invalid_command',
      says: 'ordering.addCartItem: data.quantity must be a whole number, 1 or more',
    },
    {
      because: 'a quantity of nothing in an order',
      when: order([{ lineItemId: '1', productId: 'bell', quantity: 0 }]),
      code: 'invalid_command',
      says: 'ordering.placeOrder: data.lineItems.0.quantity must be a whole number, 1 or more',
    },
    {
      because: 'an order of nothing',
      when: order([]),
      code: 'invalid_command',
      says: 'ordering.placeOrder: data.lineItems must not be empty',
    },
    {
      because: 'a negative price',
      when: updatePrice('bell', usd(-1)),
      code: 'invalid_command',
      says: 'pricing.updatePrice: data.price.amount must not be negative',
    },
  ],
};

describe.each(Object.entries(refusals))('the shop refuses %s', (_reason, cases) => {
  test.each(cases)('$because: $code', async ({ given = [], when, code, says }) => {
    const shop: Shop = await openShopWithOrder();
    await shop.services.ordering.addCartItem({ customerId: 'kim', productId: 'bell', quantity: 1 });
    for (const earlier of given) await execute(shop.services, earlier);
    const before = await memoryOf(shop);
    const publishedBefore = shop.published.length;

    const refusal = await execute(shop.services, when).catch((thrown: unknown) => thrown);

    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code, message: expect.stringContaining(says), help: expect.any(String) });
    expect(await memoryOf(shop)).toEqual(before);
    expect(shop.published).toHaveLength(publishedBefore);
  });
});

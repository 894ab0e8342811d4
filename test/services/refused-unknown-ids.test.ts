import { describe } from 'vitest';
import {
  addCartItem,
  failPayment,
  order,
  receivePayment,
  shipItem,
  testRefusals,
  updatePrice,
} from './refusals.ts';
import { command, twoHelmetsAndABell, usd } from './shop.ts';

describe('the shop refuses a command that names something that it has never heard of', () => {
  testRefusals([
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
  ]);
});

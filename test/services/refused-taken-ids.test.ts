import { describe } from 'vitest';
import {
  activatePromotion,
  addProduct,
  failPayment,
  pay1,
  receivePayment,
  testRefusals,
} from './refusals.ts';
import { kim, twoHelmetsAndABell, usd } from './shop.ts';

describe('the shop refuses a command that would use an id a second time', () => {
  testRefusals([
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
      because: 'a promotion',
      given: [activatePromotion()],
      when: activatePromotion({ segments: ['silver'] }),
      code: 'promotion_exists',
      says: 'there is a promotion "spring" already',
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
  ]);
});

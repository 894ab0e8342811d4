import { describe } from 'vitest';
import { activatePromotion, addCartItem, addProduct, order, testRefusals, updatePrice } from './refusals.ts';
import { usd } from './shop.ts';

describe('the shop refuses a command that makes no sense', () => {
  testRefusals([
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
    {
      because: 'a price of minus nothing, which JSON can write',
      when: updatePrice('bell', usd(JSON.parse('-0'))),
      code: 'invalid_command',
      says: 'pricing.updatePrice: data.price.amount must not be negative',
    },
    {
      because: 'a price that no number holds exactly',
      when: updatePrice('bell', usd(1e21)),
      code: 'invalid_command',
      says: 'pricing.updatePrice: data.price.amount must be a whole number of minor units',
    },
    {
      because: 'a promotion for nobody',
      when: activatePromotion({ segments: [] }),
      code: 'invalid_command',
      says: 'promotions.activatePromotion: data.segments must name one segment or more',
    },
    {
      because: 'a promotion that pays money back',
      when: activatePromotion({ discountPercent: 101 }),
      code: 'invalid_command',
      says: 'promotions.activatePromotion: data.discountPercent must be a whole number from 1 to 100',
    },
    {
      because: 'a code that nobody could type',
      when: activatePromotion({ code: 'Spring days!' }),
      code: 'invalid_command',
      says: 'promotions.activatePromotion: data.code must be 3 to 20 capital letters, digits and hyphens',
    },
    {
      because: 'a quantity of minus nothing',
      when: addCartItem({ customerId: 'kim', productId: 'bell', quantity: -0 }),
      code: 'invalid_command',
      says: 'ordering.addCartItem: data.quantity must be a whole number, 1 or more',
    },
  ]);
});

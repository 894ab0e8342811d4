import { expect, test } from 'vitest';
import { type Command, DomainError, type DomainErrorCode, execute } from '../../src/services/index.ts';
import { command, memoryOf, openShopWithOrder, type Shop } from './shop.ts';

export interface Refusal {
  because: string;
  given?: readonly Command[];
  when: Command;
  code: DomainErrorCode;
  says: string;
}

const toOrder = { orderId: 'order-1' };
const item = (lineItemId: string) => ({ ...toOrder, lineItemId });
export const shipOrder = command({ service: 'ordering', command: 'shipOrder', data: toOrder });
export const deliverOrder = command({ service: 'ordering', command: 'deliverOrder', data: toOrder });
export const cancelOrder = command({
  service: 'ordering',
  command: 'cancelOrder',
  data: { ...toOrder, reason: 'customer_request' },
});
export const shipItem = (lineItemId: string): Command => ({
  service: 'ordering',
  command: 'shipLineItem',
  data: item(lineItemId),
});
export const order = (
  lineItems: readonly { lineItemId: string; productId: string; quantity: number }[],
): Command => ({
  service: 'ordering',
  command: 'placeOrder',
  data: { orderId: 'order-2', customerId: 'kim', lineItems: [...lineItems] },
});
export const addCartItem = (data: { customerId: string; productId: string; quantity: number }): Command => ({
  service: 'ordering',
  command: 'addCartItem',
  data,
});
export const addProduct = (productId: string, price: { amount: number; currency: string }): Command => ({
  service: 'pricing',
  command: 'addProduct',
  data: { productId, name: productId, price },
});
export const updatePrice = (productId: string, price: { amount: number; currency: string }): Command => ({
  service: 'pricing',
  command: 'updatePrice',
  data: { productId, price },
});
export const activatePromotion = (
  differences: Partial<Extract<Command, { command: 'activatePromotion' }>['data']> = {},
): Command => ({
  service: 'promotions',
  command: 'activatePromotion',
  data: {
    promotionId: 'spring',
    name: 'Spring Days',
    code: 'SPRING-20',
    discountPercent: 20,
    segments: ['gold'],
    ...differences,
  },
});
export const failPayment = (data: { paymentId: string; orderId: string }): Command => ({
  service: 'billing',
  command: 'failPayment',
  data: { ...data, reason: 'card_declined' },
});
export const receivePayment = (data: { paymentId: string; orderId: string }): Command => ({
  service: 'billing',
  command: 'receivePayment',
  data,
});
export const pay1 = { paymentId: 'pay-1', orderId: 'order-1' };

/** Each command is refused with its code and words, and leaves the shop as it was, with nothing to tell. */
export function testRefusals(cases: readonly Refusal[]): void {
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
}

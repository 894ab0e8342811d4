import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  factsFor,
  firstObjection,
  isOvertaken,
  type NotificationType,
  notificationKinds,
  type ShopFacts,
} from '../../src/notifications/index.ts';
import { aRequest, noonMs } from '../support/requests.ts';
import { aRecipient } from './a-recipient.ts';

const types = Object.keys(notificationKinds) as NotificationType[];
const usd = (amount: number) => ({ amount, currency: 'USD' });

/** As the house's rules have it, in the words of the rules: every type, and whatever may be known of the shop. */
function isNoLongerSo(type: NotificationType, announced: number, facts: Required<ShopFacts>): boolean {
  if (type === 'price-drop') {
    const isAnnounced = facts.price?.amount === announced && facts.price.currency === 'USD';
    return !isAnnounced || !facts.isInCart;
  }
  if (type === 'order-confirmed') return facts.orderStatus === 'cancelled';
  if (type === 'order-shipped' || type === 'order-complete') return facts.orderStatus === 'delivered';
  if (type === 'payment-failed') return facts.isPaidSince;
  return false;
}

const anyFacts: fc.Arbitrary<Required<ShopFacts>> = fc.record({
  price: fc.record({
    amount: fc.integer({ min: 2997, max: 3001 }),
    currency: fc.constantFrom('USD', 'EUR'),
  }),
  isInCart: fc.boolean(),
  orderStatus: fc.constantFrom('placed', 'shipped', 'delivered', 'cancelled'),
  isPaidSince: fc.boolean(),
});

it('every notification is overtaken exactly when the rules say so, whatever else is known of the shop', () => {
  fc.assert(
    fc.property(fc.constantFrom(...types), anyFacts, (type, facts) => {
      expect(isOvertaken(aRequest({ type }), facts)).toBe(isNoLongerSo(type, 2999, facts));
    }),
    { numRuns: 2000 },
  );
});

it('no more has to be known than it asks for', () => {
  fc.assert(
    fc.property(fc.constantFrom(...types), anyFacts, (type, facts) => {
      const asked = Object.fromEntries(factsFor(type).map((fact) => [fact, facts[fact]]));
      expect(isOvertaken(aRequest({ type }), asked)).toBe(isOvertaken(aRequest({ type }), facts));
    }),
  );
});

it.each(types)('%s did not wait, so nobody asks', (type) => {
  const notification = aRequest({ type });
  const input = { notification, channel: 'email', recipient: aRecipient(), nowMs: noonMs };

  expect(firstObjection(input)).toBeUndefined();
});

describe('a price drop', () => {
  const facts = { price: usd(2999), isInCart: true };

  it('is overtaken when its product is none of the shop any more', () => {
    expect(isOvertaken(aRequest({ type: 'price-drop' }), { ...facts, price: undefined })).toBe(true);
  });

  it('that does not say which price it announces is overtaken by the cart alone', () => {
    const wordless = aRequest({ type: 'price-drop', variables: { productName: 'Helmet' } });

    expect(isOvertaken(wordless, { ...facts, price: usd(1) })).toBe(false);
    expect(isOvertaken(wordless, { ...facts, isInCart: false })).toBe(true);
  });
});

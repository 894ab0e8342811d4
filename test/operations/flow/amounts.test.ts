import { expect, it } from 'vitest';
import { createTemplates } from '../../../src/notifications/index.ts';
import { describeEvent } from '../../../src/operations/flow/index.ts';
import { eventMaker } from '../../support/events.ts';

it.each([
  ['EUR', 3499, '34.99 EUR'],
  ['EUR', 5, '0.05 EUR'],
  ['JPY', 1200, '1200 JPY'],
  ['HUF', 129_900, '1299.00 HUF'],
  ['IQD', 1_250_000, '1250.000 IQD'],
  ['MGA', 500_000, '5000.00 MGA'],
  ['KWD', 1, '0.001 KWD'],
  ['CLF', 12_345, '1.2345 CLF'],
  ['USD', Number.MAX_SAFE_INTEGER, '90071992547409.91 USD'],
])('an amount in %s is what the mail says, to the last unit', (currency, amount, shown) => {
  const price = { amount, currency };

  expect(describeEvent(priceChanged(price))).toBe(`bell ${shown} → ${shown}`);
  const { text } = createTemplates().render({
    type: 'payment-received',
    family: 'sms',
    locale: 'en',
    customerName: 'Kim',
    variables: { orderId: 'o1', amount: price },
  });
  expect(text.replaceAll(/[^\d.]/g, '')).toContain(shown.replaceAll(/[^\d.]/g, ''));
});

function priceChanged(price: { amount: number; currency: string }) {
  const event = eventMaker().registered('kim');
  const data = { productId: 'bell', previousPrice: price, price };
  return { ...event, type: 'PriceChanged' as const, data };
}

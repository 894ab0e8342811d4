import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prices, type Stock } from '../../../src/flows/order-saga/goods.ts';
import type { OrderRow } from '../../../src/flows/order-saga/orders.ts';
import { beginsAtMs } from '../../../src/flows/order-saga/run.ts';
import { type BusName, playOrders } from './a-shop.ts';

const row = fc.record({
  minute: fc.integer({ min: 0, max: 40 }),
  sku: fc.constantFrom('bike', 'helmet', 'unicorn'),
  quantity: fc.integer({ min: 1, max: 3 }),
  card: fc.constantFrom('good', 'good', 'good', 'declined', 'silent'),
  depot: fc.constantFrom('north', 'north', 'jammed'),
  paysAfterMinutes: fc.constantFrom(0, 0, 1, 14, 16, 30),
});

const orders = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) =>
  rows.map(
    ({ minute, ...rest }, index): OrderRow => ({
      ...rest,
      atMs: beginsAtMs + minute * 60_000,
      orderId: `o${index}`,
      customerId: 'ada',
    }),
  ),
);

/** How an order ends where there is enough of everything, by the rules of the sheet alone. */
function endOf({ sku, card, depot, paysAfterMinutes }: OrderRow): string {
  if (sku === 'unicorn') return 'unknown_sku';
  if (paysAfterMinutes > 15) return 'reservation_expired';
  if (card === 'declined') return 'card_declined';
  if (card === 'silent') return 'payment_unknown';
  return depot === 'jammed' ? 'shipment_failed' : 'confirmed';
}

const plenty: Stock = { bike: 1000, helmet: 1000 };

interface Said {
  readonly orderId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Follows the shelves from the messages alone, and says where they come to less than nothing. */
function shelvesBelowNothing(events: readonly { type: string; data: object }[], stock: Stock): string[] {
  const left = { ...stock };
  const lines = new Map<string, Said['lines']>();
  const wrong: string[] = [];
  for (const { type, data } of events) {
    const { orderId, lines: ordered } = data as Said;
    if (type === 'OrderPlaced') lines.set(orderId, ordered);
    const sign = { InventoryReserved: -1, InventoryReleased: 1 }[type];
    if (sign === undefined) continue;
    for (const { sku, quantity } of lines.get(orderId) ?? []) left[sku] = (left[sku] ?? 0) + sign * quantity;
    if (Object.values(left).some((count) => count < 0)) wrong.push(`${type} ${orderId}`);
  }
  return wrong;
}

async function check(bus: BusName, rows: readonly OrderRow[], stock: Stock): Promise<void> {
  const { report, events, gateway } = await playOrders(bus, rows, stock);
  const ends = report.data.orders as readonly { orderId: string; end: string }[];
  const expected = rows.map((each) => endOf(each));
  for (const [index, { end }] of ends.entries())
    if (end !== 'inventory_short' || stock === plenty) expect(end).toBe(expected[index]);
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(shelvesBelowNothing(events, stock)).toEqual([]);

  // What the provider has is what the books say, and what was confirmed.
  const captured = [...gateway.payments.values()].filter(({ status }) => status === 'captured');
  const confirmed = ends.flatMap(({ orderId, end }) =>
    end === 'confirmed' ? rows.filter((each) => each.orderId === orderId) : [],
  );
  const total = confirmed.reduce((sum, { sku, quantity }) => sum + (prices[sku] ?? 0) * quantity, 0);
  expect(captured.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
  expect([...gateway.payments.values()].filter(({ status }) => status === 'authorised')).toEqual([]);
}

test('any orders end as the rules say, where there is enough', async () => {
  await fc.assert(
    fc.asyncProperty(orders, (rows) => check('in-memory', rows, plenty)),
    { numRuns: 60, seed: 1 },
  );
});

test('any orders share what there is, and all adds up', async () => {
  await fc.assert(
    fc.asyncProperty(orders, (rows) => check('in-memory', rows, { bike: 2, helmet: 3 })),
    { numRuns: 60, seed: 2 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(orders, (rows) => check('durable', rows, { bike: 2, helmet: 3 })),
    { numRuns: 15, seed: 3 },
  );
});

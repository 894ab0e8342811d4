import { fileURLToPath } from 'node:url';
import { millisecondsInMinute } from 'date-fns/constants';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { orderMessages as messages } from './messages.ts';

/** An order as it comes from outside, and how its world will behave. */
export interface OrderRow {
  readonly atMs: number;
  readonly orderId: string;
  readonly customerId: string;
  readonly sku: string;
  readonly quantity: number;
  /** `declined`, `silent`, or any other, which is good. */
  readonly card: string;
  /** At `jammed` no label is printed. */
  readonly depot: string;
  readonly paysAfterMinutes: number;
}

export const orderColumns = [
  'at',
  'order_id',
  'customer_id',
  'sku',
  'quantity',
  'card',
  'depot',
  'pays_after_minutes',
] as const;

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readOrders(
  input: FlowInput,
  random: Random,
  beginsAtMs: number,
): Promise<readonly OrderRow[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random, beginsAtMs);
  const file = input.kind === 'file' ? input.file : sample;
  return readTable<(typeof orderColumns)[number], OrderRow>(file, {
    columns: orderColumns,
    rowOf: orderRowOf,
  });
}

/** The order, and what pays for it. */
export function entriesOf(rows: readonly OrderRow[]): readonly FlowEntry[] {
  return rows.flatMap((row, index) => {
    const { atMs, orderId, card, paysAfterMinutes } = row;
    const place = `row ${index + 1}`;
    const paidAtMs = atMs + paysAfterMinutes * millisecondsInMinute;
    return [
      entryOf(messages.OrderSubmitted, orderOfRow(row), { atMs, place }),
      entryOf(messages.PaymentSubmitted, { orderId, card, hops: 0 }, { atMs: paidAtMs, place }),
    ];
  });
}

export const orderOfRow = ({ orderId, customerId, sku, quantity, depot }: OrderRow) => ({
  orderId,
  customerId,
  lines: [{ sku, quantity }],
  depot,
  hops: 0,
});

const mostQuantity = 1000;
const mostMinutes = 10_000;
const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

export function orderRowOf(
  cells: Readonly<Record<(typeof orderColumns)[number], string>>,
): OrderRow | string {
  const { at, order_id, customer_id, sku, card, depot } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(atMs)) return `at is no time in UTC such as 2026-03-02T10:00:00Z: ${JSON.stringify(at)}`;
  for (const [column, text] of Object.entries({ order_id, customer_id, sku, card, depot }))
    if (!word.test(text))
      return `${column} is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(text)}`;
  const quantity = wholeNumber(cells.quantity, mostQuantity);
  if (quantity === undefined || quantity === 0)
    return `quantity is no whole number from 1 to ${mostQuantity}: ${JSON.stringify(cells.quantity)}`;
  const paysAfterMinutes = wholeNumber(cells.pays_after_minutes, mostMinutes);
  if (paysAfterMinutes === undefined)
    return `pays_after_minutes is no whole number from 0 to ${mostMinutes}: ${JSON.stringify(cells.pays_after_minutes)}`;
  return { atMs, orderId: order_id, customerId: customer_id, sku, quantity, card, depot, paysAfterMinutes };
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : undefined;
}

/** Two hundred a second, most of which go well. */
function generated(count: number, random: Random, beginsAtMs: number): readonly OrderRow[] {
  const batch = random.next().toString(36).slice(2, 8);
  const isOne = (share: number): boolean => random.next() < share;
  return Array.from({ length: count }, (_, index) => ({
    atMs: beginsAtMs + index * 5,
    orderId: `${batch}-${index + 1}`,
    customerId: `customer-${Math.floor(random.next() * 1000)}`,
    sku: isOne(0.2) ? 'bike' : 'helmet',
    quantity: isOne(0.1) ? 2 : 1,
    card: isOne(0.04) ? 'declined' : isOne(0.01) ? 'silent' : 'good',
    depot: isOne(0.01) ? 'jammed' : 'north',
    paysAfterMinutes: isOne(0.02) ? 16 : 0,
  }));
}

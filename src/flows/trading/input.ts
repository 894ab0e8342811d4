import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { generated } from './load.ts';
import { orderTypes, sides, tradingMessages } from './messages.ts';
import type { OrderRow } from './order-row.ts';
import type { Funds } from './settlement.ts';

export const columns = [
  'at',
  'order_id',
  'trader_id',
  'symbol',
  'side',
  'type',
  'quantity',
  'price',
  'cash',
] as const;
export const beginsAtMs = Date.parse('2026-03-02T14:30:00Z');

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly OrderRow[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random, beginsAtMs);
  const file = input.kind === 'file' ? input.file : sample;
  const cashOf = new Map<string, string>();
  return readTable<Column, OrderRow>(file, { columns, rowOf: (cells) => rowOf(cells, cashOf) });
}

/** In the order of their times, each made when it is taken: a hundred thousand messages need not be there at once. */
export function* entriesOf(rows: readonly OrderRow[]): Generator<FlowEntry> {
  const places = [...rows.keys()].sort((one, other) => (rows[one]?.atMs ?? 0) - (rows[other]?.atMs ?? 0));
  for (const place of places) yield entryOfRow(rows[place] as OrderRow, `row ${place + 1}`);
}

export const entryOfRow = ({ atMs, cash: _, ...order }: OrderRow, place: string): FlowEntry =>
  entryOf(tradingMessages.OrderSubmitted, { ...order, hops: 0 }, { atMs, place });

export const fundsOf = (rows: readonly OrderRow[]): Funds =>
  new Map(rows.flatMap(({ traderId, cash }) => (cash === null ? [] : [[traderId, cash]])));

type Column = (typeof columns)[number];

const mostQuantity = 1_000_000;
const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const money = /^(\d{1,7})(?:\.(\d{1,2}))?$/;

/** @param cashOf What earlier rows have said of their traders. */
export function rowOf(
  cells: Readonly<Record<Column, string>>,
  cashOf: Map<string, string>,
): OrderRow | string {
  const { at, order_id, trader_id, symbol } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (!(atMs >= 0))
    return `at is no time in UTC since 1970, such as 2026-03-02T14:30:00Z: ${JSON.stringify(at)}`;
  for (const [column, text] of Object.entries({ order_id, trader_id, symbol }))
    if (!word.test(text))
      return `${column} is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(text)}`;
  const side = sides.find((each) => each === cells.side);
  if (side === undefined) return `side is neither BUY nor SELL: ${JSON.stringify(cells.side)}`;
  const type = orderTypes.find((each) => each === cells.type);
  if (type === undefined) return `type is neither LIMIT nor MARKET: ${JSON.stringify(cells.type)}`;
  const quantity = /^\d{1,7}$/.test(cells.quantity) ? Number(cells.quantity) : Number.NaN;
  if (!(quantity <= mostQuantity))
    return `quantity is no whole number from 0 to ${mostQuantity}: ${JSON.stringify(cells.quantity)}`;
  const price = ticksOf(cells.price);
  if (price === undefined)
    return `price is neither empty nor an amount such as 100.50, below 10,000,000: ${JSON.stringify(cells.price)}`;
  const cash = ticksOf(cells.cash);
  if (cash === undefined)
    return `cash is neither empty nor an amount such as 500.00, below 10,000,000: ${JSON.stringify(cells.cash)}`;
  const said = cashOf.get(trader_id);
  if (cash !== null && said !== undefined && said !== cells.cash)
    return `cash of ${trader_id} is ${cells.cash}, and was ${said} before: it is what there is in the beginning`;
  if (cash !== null) cashOf.set(trader_id, cells.cash);
  return { atMs, orderId: order_id, traderId: trader_id, symbol, side, type, quantity, price, cash };
}

/** Null for an empty text, undefined for one that is no amount. */
function ticksOf(text: string): number | null | undefined {
  if (text === '') return null;
  const [, units, cents = ''] = money.exec(text) ?? [];
  return units === undefined ? undefined : Number(units) * 100 + Number(cents.padEnd(2, '0'));
}

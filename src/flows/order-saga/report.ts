import type { FlowReport, Pipeline, SagaState } from '../../pipeline-runtime/index.ts';
import { keptBy, sagasOf } from '../../pipeline-runtime/index.ts';
import type { Booking } from './books.ts';
import type { Stock } from './goods.ts';
import { type Shelf, shelfKey } from './inventory.ts';
import type { OrderMessages } from './messages.ts';
import type { OrderRow } from './orders.ts';
import { type OrderEnd, orderTimeline } from './picture.ts';

type Booked = readonly (Booking & { readonly of: string })[];

/** No list on a screen is longer. */
const longestList = 20;

/** What became of the orders, and whether it adds up. */
export async function reportOf(
  pipeline: Pipeline<OrderMessages>,
  rows: readonly OrderRow[],
  stock: Stock,
): Promise<FlowReport> {
  const ends = await keptBy<readonly OrderEnd[]>(pipeline, 'ends');
  const money = moneyOf(await keptBy<Booked>(pipeline, 'ledger'));
  const followUps = await keptBy<{ readonly askedAtMs: number | null }>(pipeline, 'follow-up');
  const shelves = await shelvesOf(pipeline, stock);
  const sagas = new Map<string, SagaState>();
  for await (const saga of sagasOf(pipeline, 'order-saga')) sagas.set(saga.id, saga);
  const notEnded = [...sagas.values()]
    .filter(({ status }) => status !== 'completed' && status !== 'cancelled')
    .map(({ id, step, status }) => ({ id, step, status }));
  const all = [...ends.values()].flat();
  const tally = countBy(all.map(({ end }) => end));
  const confirmed = all.reduce((sum, { total }) => sum + total, 0);
  // Also those that were typed, or that a file has of before.
  const orders = [...new Set([...rows.map(({ orderId }) => orderId), ...sagas.keys(), ...ends.keys()])];
  const askedAt = Object.fromEntries(
    [...followUps].flatMap(([id, { askedAtMs }]) => (askedAtMs === null ? [] : [[id, iso(askedAtMs)]])),
  );
  return {
    count: orders.length,
    statistics: pipeline.statistics(),
    pictures: [orderTimeline(orders.slice(0, longestList), ends, sagas)],
    tables: [
      {
        title: 'Orders',
        columns: ['order', 'end', 'total', 'followed up'],
        rows: orders.slice(0, longestList).map((id) => {
          const [{ end, total } = { end: 'open', total: 0 }] = ends.get(id) ?? [];
          return [id, end, total === 0 ? '' : inMajor(total), askedAt[id] ?? ''];
        }),
      },
      {
        title: 'Ends',
        columns: ['end', 'orders'],
        rows: Object.entries(tally).map(([end, count]) => [end, String(count)]),
      },
      {
        title: 'Money',
        columns: ['captured', 'refunded', 'voided', 'kept'],
        rows: [[money.captured, money.refunded, money.voided, money.captured - money.refunded].map(inMajor)],
      },
      {
        title: 'Stock',
        columns: ['article', 'on hand', 'reserved', 'sold'],
        rows: Object.entries(shelves).map(([sku, { onHand, reserved, sold }]) =>
          [sku, onHand, reserved, sold].map(String),
        ),
      },
    ],
    checks: [
      {
        words: 'every order has one end',
        holds: notEnded.length === 0 && orders.every((id) => ends.get(id)?.length === 1),
      },
      {
        words: 'captured − refunded = what was confirmed',
        holds: money.captured - money.refunded === confirmed,
      },
      { words: 'nothing is held any more', holds: money.stillHeld === 0 },
      {
        words: 'on hand + reserved + sold = the stock, and nothing is reserved',
        holds: Object.entries(shelves).every(
          ([sku, { onHand, reserved, sold }]) => reserved === 0 && onHand + sold === stock[sku],
        ),
      },
    ],
    data: {
      orders: orders.map((id) => ({
        orderId: id,
        end: ends.get(id)?.[0]?.end ?? null,
        followedUpAt: askedAt[id] ?? null,
      })),
      tally,
      money: { ...money, kept: money.captured - money.refunded, confirmed },
      stock: shelves,
      notEnded,
    },
  };
}

function moneyOf(booked: ReadonlyMap<string, Booked>) {
  const all = [...booked.values()].flat();
  const sum = (type: string): number =>
    all.reduce((total, { of, amount }) => total + (of === type ? amount : 0), 0);
  const balance = (account: string): number =>
    all.reduce((total, { debit, credit, amount }) => {
      const sign = Number(debit === account) - Number(credit === account);
      return total + sign * amount;
    }, 0);
  return {
    captured: sum('PaymentCaptured'),
    refunded: sum('PaymentRefunded'),
    voided: sum('PaymentVoided'),
    voids: all.filter(({ of }) => of === 'PaymentVoided').length,
    stillHeld: balance('held'),
  };
}

async function shelvesOf(pipeline: Pipeline<OrderMessages>, stock: Stock): Promise<Record<string, Shelf>> {
  const shelves: Record<string, Shelf> = {};
  for (const [sku, onHand] of Object.entries(stock)) {
    const kept = (await pipeline.stateOf('inventory', shelfKey(sku))) as { shelf: Shelf } | undefined;
    shelves[sku] = kept?.shelf ?? { onHand, reserved: 0, sold: 0 };
  }
  return shelves;
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

const inMajor = (minor: number): string =>
  (minor / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import type { AlertRecord, AuditRecord, OrderRecord, TradeRecord } from './audit.ts';
import type { Shelf } from './book.ts';
import { booksOf } from './depth.ts';
import type { TradingMessages } from './messages.ts';
import type { Account } from './settlement.ts';
import { alertTable, bookPictures, orderTable, tradeTable } from './tables.ts';

/** What became of the orders, and whether it adds up. */
export async function reportOf(pipeline: Pipeline<TradingMessages>, submitted: number): Promise<FlowReport> {
  const records = [...(await keptBy<AuditRecord>(pipeline, 'audit')).values()].sort(byAge);
  const orders = records.filter((each): each is OrderRecord & AuditRecord => each.is === 'order');
  const trades = records.filter((each): each is TradeRecord & AuditRecord => each.is === 'trade');
  const alerts = records.filter((each): each is AlertRecord & AuditRecord => each.is === 'alert');
  const accounts = await keptBy<Account>(pipeline, 'settle');
  const books = booksOf(await shelvesOf(pipeline));
  const accepted = orders.filter(({ quantity }) => quantity > 0);
  const traded = sum(trades, ({ quantity }) => quantity);
  const resting = sum(books, ({ levels }) =>
    sum([...levels.BUY, ...levels.SELL], ({ quantity }) => quantity),
  );
  const all = [...accounts.values()];
  const counted = (status: TradeRecord['status']): number =>
    trades.filter((trade) => trade.status === status).length;
  return {
    count: submitted,
    statistics: pipeline.statistics(),
    pictures: bookPictures(books),
    tables: [tradeTable(trades), orderTable(orders), alertTable(alerts)],
    checks: [
      {
        words: 'every order was accepted, or rejected for a reason',
        holds: accepted.length + sum(orders, ({ rejections }) => rejections) >= submitted,
      },
      {
        words: `of what was accepted each piece is filled, waits (${resting}) or is cancelled`,
        holds: sum(accepted, ({ quantity, cancelled }) => quantity - cancelled) === 2 * traded + resting,
      },
      {
        words: 'in each book the best bid is below the best ask',
        holds: books.every(
          ({ levels }) => (levels.BUY[0]?.price ?? 0) < (levels.SELL[0]?.price ?? Number.POSITIVE_INFINITY),
        ),
      },
      {
        words: `each trade is settled (${counted('settled')}) or reversed (${counted('reversed')})`,
        holds: counted('executed') === 0 && all.every(({ due }) => due === 0),
      },
      {
        words: 'what all have and owe comes to nothing, in paper and in money',
        holds:
          sum(all, ({ cash }) => cash) === 0 &&
          sum(all, ({ positions }) => sum(Object.values(positions), Number)) === 0,
      },
    ],
    data: {
      orders: orders.map(({ is: _, trail: __, ...order }) => order),
      trades: trades.map(({ is: _, trail: __, ...trade }) => trade),
      volume: traded,
      books: books.map(({ symbol, levels }) => ({
        symbol,
        bids: levels.BUY.map(({ price, quantity, orders: { length } }) => ({
          price,
          quantity,
          orders: length,
        })),
        asks: levels.SELL.map(({ price, quantity, orders: { length } }) => ({
          price,
          quantity,
          orders: length,
        })),
      })),
      accounts: Object.fromEntries(
        [...accounts].map(([traderId, { cash, positions }]) => [traderId, { cash, positions }]),
      ),
      alerts: alerts.map(({ traderId, symbol, values }) => ({ traderId, symbol, values })),
    },
  };
}

/** Where orders wait, piece by piece. */
export const shelvesOf = (pipeline: Pipeline<TradingMessages>): Promise<ReadonlyMap<string, Shelf>> =>
  keptBy<Shelf>(pipeline, 'match');

/** `t10` comes behind `t9`, where both came at once. */
const byAge = (one: AuditRecord, other: AuditRecord): number =>
  compare(one.trail[0] ?? '', other.trail[0] ?? '') || compareNames(nameOf(one), nameOf(other));

const nameOf = (record: AuditRecord): string =>
  record.is === 'order' ? record.orderId : record.is === 'trade' ? record.tradeId : record.traderId;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const { compare: compareNames } = new Intl.Collator('en', { numeric: true });

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

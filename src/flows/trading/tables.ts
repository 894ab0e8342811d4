import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { AlertRecord, OrderRecord, TradeRecord } from './audit.ts';
import type { Level, SymbolBook } from './depth.ts';
import { positionLimit } from './risk.ts';

type FlowTable = FlowReport['tables'][number];

/** No list on a screen is longer. */
const longestList = 20;
const mostBooks = 3;
/** On each side, from the best price on. */
const mostLevels = 8;
const longestBar = 20;

/** As traders look at it: asks above bids, the best prices meet in the middle. */
export function bookTables(books: readonly SymbolBook[]): readonly FlowTable[] {
  return books.slice(0, mostBooks).map(({ symbol, levels }) => {
    const asks = levels.SELL.slice(0, mostLevels).reverse();
    const bids = levels.BUY.slice(0, mostLevels);
    const most = Math.max(...[...asks, ...bids].map(({ quantity }) => quantity));
    const rowOf = (side: string) => (level: Level) => [
      side,
      inMoney(level.price),
      String(level.quantity),
      String(level.orders.length),
      '█'.repeat(Math.max(1, Math.round((level.quantity / most) * longestBar))),
    ];
    return {
      title: `Book of ${symbol}`,
      columns: ['', 'price', 'quantity', 'orders', 'depth'],
      rows: [...asks.map(rowOf('ask')), ...bids.map(rowOf('bid'))],
    };
  });
}

export const tradeTable = (trades: readonly TradeRecord[]): FlowTable => ({
  title: titleOf('Trades', trades.length),
  columns: ['trade', 'symbol', 'quantity', 'price', 'buyer', 'seller', 'waited', 'became'],
  rows: trades
    .slice(-longestList)
    .map((trade) => [
      trade.tradeId,
      trade.symbol,
      String(trade.quantity),
      inMoney(trade.price),
      trade.buyer,
      trade.seller,
      trade.makerOrder,
      trade.reason === null ? trade.status : `${trade.status}: ${trade.reason}`,
    ]),
});

export const orderTable = (orders: readonly OrderRecord[]): FlowTable => ({
  title: titleOf('Orders', orders.length),
  columns: ['order', 'trader', 'became', 'of', 'filled', 'on average', 'why'],
  rows: orders
    .slice(-longestList)
    .map(({ orderId, traderId, end, quantity, remaining, cancelled, vwap, reason }) => [
      orderId,
      traderId,
      end,
      String(quantity - remaining - cancelled),
      String(remaining),
      String(cancelled),
      vwap === null ? '' : inMoney(vwap),
      reason ?? '',
    ]),
});

export const alertTable = (alerts: readonly AlertRecord[]): FlowTable => ({
  title: titleOf(`Positions over the limit of ${positionLimit}`, alerts.length),
  columns: ['trader', 'symbol', 'position'],
  rows: alerts
    .slice(-longestList)
    .map(({ traderId, symbol, values }) => [traderId, symbol, values.map(signed).join(', ')]),
});

const titleOf = (title: string, all: number): string =>
  all > longestList ? `${title} (the last ${longestList} of ${all})` : title;

const inMoney = (ticks: number): string => (ticks / 100).toFixed(2);

const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);

import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Bars } from '../../report/index.ts';
import type { AlertRecord, OrderRecord, TradeRecord } from './audit.ts';
import type { Level, SymbolBook } from './depth.ts';
import { positionLimit } from './risk.ts';

type FlowTable = FlowReport['tables'][number];

/** No list on a screen is longer. */
const longestList = 20;
const mostBooks = 3;
const mostValues = 5;
/** On each side, from the best price on. */
const mostLevels = 8;

/** As traders look at it: asks above bids, the best prices meet in the middle. */
export const bookPictures = (books: readonly SymbolBook[]): readonly Bars[] =>
  books.slice(0, mostBooks).map(({ symbol, levels }) => ({
    kind: 'bars',
    caption: `Book of ${symbol}`,
    unit: 'pieces',
    bars: [
      ...levels.SELL.slice(0, mostLevels).reverse().map(barOf('ask', 'bad')),
      ...levels.BUY.slice(0, mostLevels).map(barOf('bid', 'good')),
    ],
  }));

const barOf =
  (side: string, tone: 'good' | 'bad') =>
  ({ price, quantity }: Level): Bars['bars'][number] => ({
    name: `${side} ${inMoney(price)}`,
    value: quantity,
    tone,
  });

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
      String(quantity),
      String(quantity - remaining - cancelled),
      vwap === null ? '' : inMoney(vwap),
      reason ?? '',
    ]),
});

export const alertTable = (alerts: readonly AlertRecord[]): FlowTable => ({
  title: titleOf(`Positions over the limit of ${positionLimit}`, alerts.length),
  columns: ['trader', 'symbol', 'position'],
  rows: alerts
    .slice(-longestList)
    .map(({ traderId, symbol, values }) => [
      traderId,
      symbol,
      values.slice(-mostValues).map(signed).join(', '),
    ]),
});

const titleOf = (title: string, all: number): string =>
  all > longestList ? `${title} (the last ${longestList} of ${all})` : title;

const inMoney = (ticks: number): string => (ticks / 100).toFixed(2);

const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);

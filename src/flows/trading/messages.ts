import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const source = '/flows/trading';
const hops = z.int().nonnegative();
const word = z.string().regex(/^[\w.-]{1,64}$/);
/** In whole ticks, which are hundredths. */
const ticks = z.int().positive();
const quantity = z.int().positive();

export const sides = ['BUY', 'SELL'] as const;
export const orderTypes = ['LIMIT', 'MARKET'] as const;
export const rejections = [
  'quantity_not_positive',
  'limit_without_price',
  'price_not_positive',
  'market_with_price',
  'duplicate_order',
] as const;
export const cancellations = ['no_liquidity', 'self_trade'] as const;
const settlementFailures = ['no_funds', 'clearing_busy'] as const;

const of = { hops, symbol: word, orderId: word, traderId: word };
/** As it is asked for, sensible or not. */
const asked = {
  side: z.enum(sides),
  type: z.enum(orderTypes),
  quantity: z.int(),
  /** The worst that is taken; null: any. */
  price: z.int().nullable(),
};
const trade = {
  hops,
  tradeId: z.string().min(1),
  symbol: word,
  price: ticks,
  quantity,
  buyer: word,
  seller: word,
  makerOrder: word,
  takerOrder: word,
};

/** Orders of one symbol come one after the other: who was first is what a book is about. */
const aboutOrder = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as unknown as { symbol: string }).symbol,
    versions: [z.object({ ...of, ...shape })],
  });

/** Trades need not wait for each other at the clearing house. */
const aboutTrade = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as unknown as { tradeId: string }).tradeId,
    versions: [z.object({ ...trade, ...shape })],
  });

/** All that is said at the exchange. */
export const tradingMessages = {
  OrderSubmitted: aboutOrder('OrderSubmitted', asked),
  OrderAccepted: aboutOrder('OrderAccepted', { ...asked, quantity, price: ticks.nullable() }),
  OrderRejected: aboutOrder('OrderRejected', { reasons: z.array(z.enum(rejections)).min(1).readonly() }),
  OrderPartiallyFilled: aboutOrder('OrderPartiallyFilled', { filled: quantity, remaining: quantity }),
  /** With what a piece came to on average, in ticks and parts of them. */
  OrderFilled: aboutOrder('OrderFilled', { vwap: z.number().positive() }),
  OrderQueued: aboutOrder('OrderQueued', { remaining: quantity }),
  OrderCancelled: aboutOrder('OrderCancelled', { remaining: quantity, reason: z.enum(cancellations) }),
  TradeExecuted: aboutTrade('TradeExecuted', {}),
  /** Both sides can pay and deliver, and the clearing house is to see to it. */
  SettlementInstructed: aboutTrade('SettlementInstructed', {}),
  TradeCleared: aboutTrade('TradeCleared', {}),
  ClearingFailed: aboutTrade('ClearingFailed', { reason: z.enum(settlementFailures) }),
  /** With what each of the two has of it now; less than nothing is owed. */
  SettlementCompleted: aboutTrade('SettlementCompleted', {
    buyerPosition: z.int(),
    sellerPosition: z.int(),
  }),
  SettlementFailed: aboutTrade('SettlementFailed', { reason: z.enum(settlementFailures) }),
  /** The compensation: neither money nor paper has moved, and none will. */
  TradeReversed: aboutTrade('TradeReversed', {}),
  RiskAlert: defineMessage({
    type: 'RiskAlert',
    source,
    subject: (said) => (said as { traderId: string }).traderId,
    versions: [
      z.object({
        hops,
        kind: z.enum(['position_limit']),
        traderId: word,
        symbol: word,
        value: z.int(),
        limit: z.int().positive(),
      }),
    ],
  }),
} as const;

export type TradingMessages = MessagesOf<typeof tradingMessages>;
export type TradingMessage<Type extends keyof TradingMessages> = {
  [T in Type]: Message<T, TradingMessages[T]>;
}[Type];
export type Side = (typeof sides)[number];
export type Trade = Omit<TradingMessages['TradeExecuted'], 'hops'>;
export type Rejection = (typeof rejections)[number];
export type Cancellation = (typeof cancellations)[number];

import type { Stage } from '../../pipeline-runtime/index.ts';
import { Book, type Resting, type Shelf } from './book.ts';
import { match } from './match.ts';
import { tradingMessages as messages, type Rejection, type TradingMessage } from './messages.ts';

type Outcome = TradingMessage<
  'TradeExecuted' | 'OrderPartiallyFilled' | 'OrderFilled' | 'OrderQueued' | 'OrderCancelled'
>;

/** Lets in what can be matched at all, and each order once. */
export const validateStage: Stage<
  TradingMessage<'OrderSubmitted'>,
  TradingMessage<'OrderAccepted' | 'OrderRejected'>,
  { readonly isAccepted: boolean }
> = {
  name: 'validate',
  accepts: ['OrderSubmitted'],
  state: { initial: () => ({ isAccepted: false }), key: ({ data }) => data.orderId },
  handle({ data }, { state, next }) {
    const { symbol, orderId, traderId } = data;
    const reasons = whyNot(data, state.get().isAccepted);
    if (reasons.length > 0) return [next(messages.OrderRejected, { symbol, orderId, traderId, reasons })];
    state.set({ isAccepted: true });
    return [next(messages.OrderAccepted, data)];
  },
};

/** All that is wrong with an order; nothing: it can be matched. */
export function whyNot(
  { type, quantity, price }: Pick<TradingMessage<'OrderSubmitted'>['data'], 'type' | 'quantity' | 'price'>,
  isKnown: boolean,
): readonly Rejection[] {
  const reasons: Rejection[] = [];
  if (quantity <= 0) reasons.push('quantity_not_positive');
  if (type === 'LIMIT' && price === null) reasons.push('limit_without_price');
  if (price !== null && price <= 0) reasons.push('price_not_positive');
  if (type === 'MARKET' && price !== null) reasons.push('market_with_price');
  if (isKnown) reasons.push('duplicate_order');
  return reasons;
}

/** Brings buyers and sellers together. Who comes to a book comes alone, and finds it as the one before has left it. */
export const matchStage: Stage<TradingMessage<'OrderAccepted'>, Outcome, Shelf> = {
  name: 'match',
  accepts: ['OrderAccepted'],
  state: { initial: () => ({}) },
  async handle({ data }, { state, stateOf, next, begin }) {
    const { symbol, orderId, side } = data;
    const { fills, taker, cancelled } = await match(new Book(symbol, state, stateOf), data);
    const told = (order: Resting): readonly Outcome[] => {
      const { remaining, filled, notional } = order;
      const of = { symbol, orderId: order.orderId, traderId: order.traderId };
      if (remaining === 0) return [next(messages.OrderFilled, { ...of, vwap: notional / filled })];
      return filled > 0 ? [next(messages.OrderPartiallyFilled, { ...of, filled, remaining })] : [];
    };
    const out = fills.flatMap(({ price, quantity, maker }, index) => {
      const [buyer, seller] = side === 'BUY' ? [taker, maker] : [maker, taker];
      const trade = begin(messages.TradeExecuted, {
        tradeId: `${orderId}/${index + 1}`,
        symbol,
        price,
        quantity,
        buyer: buyer.traderId,
        seller: seller.traderId,
        makerOrder: maker.orderId,
        takerOrder: orderId,
      });
      return [trade, ...told(maker)];
    });
    out.push(...told(taker));
    const { remaining, traderId } = taker;
    const of = { symbol, orderId, traderId, remaining };
    if (cancelled !== undefined) out.push(next(messages.OrderCancelled, { ...of, reason: cancelled }));
    else if (remaining > 0) out.push(next(messages.OrderQueued, of));
    return out;
  },
};

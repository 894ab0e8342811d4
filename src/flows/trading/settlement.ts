import { AppError } from '../../kernel/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { tradingMessages as messages, type TradingMessage } from './messages.ts';

/** What a trader had in the beginning, in ticks; who is not among them has as much as it takes. */
export type Funds = ReadonlyMap<string, number>;

/** What has changed since the beginning. */
export interface Account {
  /** Paid and received, in ticks. */
  readonly cash: number;
  /** What is on its way, in ticks: to come, less to go. */
  readonly due: number;
  /** By symbol; less than nothing is owed. */
  readonly positions: Readonly<Record<string, number>>;
}

class NoFundsError extends AppError {
  readonly code = 'no_funds';

  constructor(tradeId: string) {
    super({
      message: `the buyer of trade ${tradeId} cannot pay for it`,
      help: 'The trade is reversed; the seller may want to know.',
    });
  }
}

type In = TradingMessage<'TradeExecuted' | 'TradeCleared' | 'ClearingFailed'>;
type Out = TradingMessage<
  'SettlementInstructed' | 'SettlementCompleted' | 'SettlementFailed' | 'TradeReversed'
>;

const blank: Account = { cash: 0, due: 0, positions: {} };

/**
 * Delivery versus payment: a trade is set aside on both accounts, cleared, and booked on both, or on neither. Nobody else
 * writes accounts.
 */
export const settleStage = (funds: Funds): Stage<In, Out, Account> => ({
  name: 'settle',
  accepts: ['TradeExecuted', 'TradeCleared', 'ClearingFailed'],
  // One trade after the other: what there is to pay with does not depend on who is faster.
  concurrency: 1,
  state: { initial: () => blank, key: ({ data }) => data.buyer },
  async handle({ type, data }, { state, stateOf, next, deadLetter }) {
    const { tradeId, symbol, buyer, seller, quantity } = data;
    const amount = data.price * quantity;
    const sellers = await stateOf(seller);
    const setAside = (sign: 1 | -1): void => {
      state.set({ ...state.get(), due: state.get().due - sign * amount });
      sellers.set({ ...sellers.get(), due: sellers.get().due + sign * amount });
    };
    const failed = (reason: 'no_funds' | 'clearing_busy'): readonly Out[] => [
      next(messages.SettlementFailed, { ...data, reason }),
      next(messages.TradeReversed, data),
    ];
    if (type === 'TradeExecuted') {
      const { cash, due } = state.get();
      if ((funds.get(buyer) ?? Number.POSITIVE_INFINITY) + cash + due < amount) {
        deadLetter(new NoFundsError(tradeId));
        return failed('no_funds');
      }
      setAside(1);
      return [next(messages.SettlementInstructed, data)];
    }
    setAside(-1);
    if (type === 'ClearingFailed') return failed(data.reason);
    state.set(moved(state.get(), symbol, { cash: -amount, quantity }));
    sellers.set(moved(sellers.get(), symbol, { cash: amount, quantity: -quantity }));
    const buyerPosition = state.get().positions[symbol] ?? 0;
    const sellerPosition = sellers.get().positions[symbol] ?? 0;
    return [next(messages.SettlementCompleted, { ...data, buyerPosition, sellerPosition })];
  },
});

const moved = (
  account: Account,
  symbol: string,
  { cash, quantity }: { readonly cash: number; readonly quantity: number },
): Account => ({
  ...account,
  cash: account.cash + cash,
  positions: { ...account.positions, [symbol]: (account.positions[symbol] ?? 0) + quantity },
});

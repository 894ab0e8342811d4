import type { Stage } from '../../pipeline-runtime/index.ts';
import { tradingMessages as messages, type TradingMessage } from './messages.ts';

/** So many of one symbol a trader may have, or owe. */
export const positionLimit = 100;

/** Says when a trader has come over the limit, and not again until they were within it. */
export const riskStage: Stage<
  TradingMessage<'SettlementCompleted'>,
  TradingMessage<'RiskAlert'>,
  { readonly isOver: boolean }
> = {
  name: 'risk',
  accepts: ['SettlementCompleted'],
  // In the order in which accounts have changed.
  concurrency: 1,
  state: { initial: () => ({ isOver: false }), key: ({ data }) => keyOf(data.buyer, data.symbol) },
  async handle({ data }, { stateOf, next }) {
    const { symbol, buyer, seller, buyerPosition, sellerPosition } = data;
    const alerts = [];
    for (const [traderId, value] of [
      [buyer, buyerPosition],
      [seller, sellerPosition],
    ] as const) {
      const cell = await stateOf(keyOf(traderId, symbol));
      const isOver = Math.abs(value) > positionLimit;
      if (isOver === cell.get().isOver) continue;
      cell.set({ isOver });
      if (!isOver) continue;
      const alert = { kind: 'position_limit', traderId, symbol, value, limit: positionLimit } as const;
      alerts.push(next(messages.RiskAlert, alert));
    }
    return alerts;
  },
};

const keyOf = (traderId: string, symbol: string): string => `${traderId} ${symbol}`;

import { AppError } from '../../kernel/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { tradingMessages as messages, type Trade, type TradingMessage } from './messages.ts';

/** The clearing house has no time for a trade, and has done nothing. */
export class HouseBusyError extends AppError {
  readonly code = 'clearing_busy';

  constructor() {
    super({ message: 'the clearing house is busy', help: 'It may have time later.' });
  }
}

/** Where money and paper change hands: both or neither. */
export interface ClearingHouse {
  /**
   * @throws {HouseBusyError} when it has done nothing. Anything else that is thrown, or no answer, leaves that unknown.
   */
  settle(trade: Trade, context: { wait(ms: number): Promise<void> }): Promise<void>;
  find(tradeId: string): Promise<'settled' | 'none'>;
}

const longestSilenceMs = 60_000;

/**
 * A clearing house in memory, which takes 50 to 150 ms. Trades of `BUSY` it has no time for; those of `SLOW` it settles, and
 * does not say so.
 */
export class SimulatedHouse implements ClearingHouse {
  readonly settled = new Map<string, Trade>();

  async settle(trade: Trade, { wait }: Parameters<ClearingHouse['settle']>[1]): Promise<void> {
    const { tradeId, symbol } = trade;
    await wait(latencyOf(tradeId));
    if (symbol === 'BUSY') throw new HouseBusyError();
    this.settled.set(tradeId, trade);
    if (symbol === 'SLOW') await wait(longestSilenceMs);
  }

  async find(tradeId: string): Promise<'settled' | 'none'> {
    return this.settled.has(tradeId) ? 'settled' : 'none';
  }
}

/** The same for the same trade. */
function latencyOf(tradeId: string): number {
  let sum = 0;
  for (const letter of tradeId) sum += letter.charCodeAt(0);
  return 50 + (sum % 11) * 10;
}

/** So often a house that is busy is asked again. */
const retriesWhenBusy = 3;

/**
 * Hands trades to the clearing house. What became of a trade is asked before it is handed over, each time: who died meanwhile
 * does not know. While the house is out of order trades wait on the bus, and nothing else does.
 */
export const clearStage = (
  house: ClearingHouse,
): Stage<TradingMessage<'SettlementInstructed'>, TradingMessage<'TradeCleared' | 'ClearingFailed'>> => ({
  name: 'clear',
  accepts: ['SettlementInstructed'],
  concurrency: 256,
  timeoutMs: 1000,
  // An outage may last for a night, and is no trade's fault: what bounds the asking is the breaker.
  retry: { attempts: 1000, baseDelayMs: 50, jitter: false },
  breaker: { failureThreshold: 5, resetAfterMs: 60_000 },
  async handle({ data: trade }, { next, wait, attempt, deadLetter }) {
    const cleared = [next(messages.TradeCleared, trade)];
    if ((await house.find(trade.tradeId)) === 'settled') return cleared;
    try {
      await house.settle(trade, { wait });
      return cleared;
    } catch (thrown) {
      if (!(thrown instanceof HouseBusyError) || attempt <= retriesWhenBusy) throw thrown;
      deadLetter(thrown);
      return [next(messages.ClearingFailed, { ...trade, reason: 'clearing_busy' })];
    }
  },
});

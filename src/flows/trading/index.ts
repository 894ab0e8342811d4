/**
 * An exchange: a limit order book with price–time priority, trades that are delivered against payment, positions that are watched.
 *
 * @example
 * ```ts
 * import { tradingFlow } from './src/flows/trading/index.ts';
 *
 * console.log(tradingFlow.name, tradingFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { tradingMessages } from './messages.ts';
import { prepareOrders } from './run.ts';
import { typedOrders } from './typed.ts';

export const tradingFlow: Flow = {
  name: 'trading',
  does: 'an exchange: a limit order book, trades that are delivered against payment or reversed, positions that are watched',
  shows: 'one writer for each book; delivery against payment, with reversal',
  catalogue: tradingMessages,
  beginsAtMs,
  columns,
  typed: typedOrders,
  prepare: prepareOrders,
};

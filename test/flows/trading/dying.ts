import { SimulatedHouse } from '../../../src/flows/trading/clearing.ts';
import { beginsAtMs } from '../../../src/flows/trading/input.ts';
import type { Trade } from '../../../src/flows/trading/messages.ts';
import { tradingMessages } from '../../../src/flows/trading/messages.ts';
import type { OrderRow } from '../../../src/flows/trading/order-row.ts';
import type { Mortal } from '../a-life.ts';
import { trade } from './an-exchange.ts';

/** Settles each trade as often as it is told to: nobody is saved by its memory. */
class ForgetfulHouse extends SimulatedHouse {
  readonly times = new Map<string, number>();

  override async settle(traded: Trade, context: Parameters<SimulatedHouse['settle']>[1]): Promise<void> {
    await super.settle(traded, context);
    this.times.set(traded.tradeId, (this.times.get(traded.tradeId) ?? 0) + 1);
  }
}

/** An exchange whose processes die; the clearing house does not. */
export const mortalExchange = (rows: readonly OrderRow[]): Mortal<{ house: ForgetfulHouse }> => ({
  catalogue: tradingMessages,
  beginsAtMs,
  outside: () => ({ house: new ForgetfulHouse() }),
  called: ['house'],
  run: (world, { house }) => trade(world, rows, house),
  endOf: ({ data }, { house }) => [data, [...house.times].sort()],
});

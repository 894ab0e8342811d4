import { expect, test } from 'vitest';
import { HouseBusyError, SimulatedHouse } from '../../../src/flows/trading/clearing.ts';
import type { Trade } from '../../../src/flows/trading/messages.ts';
import type { OrderRow } from '../../../src/flows/trading/order-row.ts';
import { buses } from '../a-life.ts';
import { playOrders, rowsOf } from './an-exchange.ts';

/** Two who trade with each other, so often. */
const pairs = (count: number, symbol = 'ACME'): readonly OrderRow[] =>
  rowsOf(
    Array.from({ length: count }, (_, index) => [
      { symbol, traderId: 'ann', side: 'SELL' as const, orderId: `s${index + 1}` },
      { symbol, traderId: 'bob', side: 'BUY' as const, orderId: `b${index + 1}` },
    ]).flat(),
  );

/** Remembers how often each trade was handed over. */
class CountingHouse extends SimulatedHouse {
  readonly handedOver = new Map<string, number>();
  readonly atMs: number[] = [];

  override async settle(trade: Trade, context: Parameters<SimulatedHouse['settle']>[1]): Promise<void> {
    this.handedOver.set(trade.tradeId, (this.handedOver.get(trade.tradeId) ?? 0) + 1);
    await this.answer(trade);
    return super.settle(trade, context);
  }

  async answer(_: Trade): Promise<void> {}
}

test.each(buses)(
  'a trade of which nothing was heard is asked for, and not handed over again (%s)',
  async (busName) => {
    const house = new CountingHouse();
    const { report, endedAtMs } = await playOrders(busName, pairs(1, 'SLOW'), house);
    const [{ atMs = 0 } = {}] = pairs(1, 'SLOW').slice(-1);

    expect(report.data.trades).toMatchObject([{ tradeId: 'b1/1', status: 'settled' }]);
    expect([...house.handedOver]).toEqual([['b1/1', 1]]);
    // A second of silence, and the first wait.
    expect(endedAtMs - atMs).toBeLessThan(1100);
    expect(report.statistics.stages.find(({ stage }) => stage === 'clear')).toMatchObject({ timedOut: 1 });
  },
);

test.each(buses)(
  'what the house has no time for is tried four times, and then reversed on both accounts (%s)',
  async (busName) => {
    const house = new CountingHouse();
    const { report } = await playOrders(busName, pairs(1, 'BUSY'), house);

    expect([...house.handedOver]).toEqual([['b1/1', 4]]);
    expect(report.data.trades).toMatchObject([{ status: 'reversed', reason: 'clearing_busy' }]);
    expect(report.data.accounts).toEqual({
      ann: { cash: 0, positions: {} },
      bob: { cash: 0, positions: {} },
    });
    expect(report.statistics.deadLetters).toBe(1);
    expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  },
);

/** Does not answer until so many were asked for. */
class HouseThatIsDown extends CountingHouse {
  calls = 0;

  override async answer(): Promise<void> {
    if (++this.calls <= 12) throw new Error('connection refused');
  }
}

test.each(buses)(
  'while the house is down orders are matched, and trades wait for the breaker (%s)',
  async (busName) => {
    const rows = pairs(40);
    const house = new HouseThatIsDown();
    const { report, said } = await playOrders(busName, rows, house);
    const clear = report.statistics.stages.find(({ stage }) => stage === 'clear');
    const firstSettled = said.find(({ type }) => type === 'SettlementCompleted');
    const matchedBefore = said.filter(
      ({ type, time }) => type === 'TradeExecuted' && time < String(firstSettled?.time),
    );

    expect(matchedBefore).toHaveLength(40);
    expect(report.data.trades).toHaveLength(40);
    expect(new Set((report.data.trades as { status: string }[]).map(({ status }) => status))).toEqual(
      new Set(['settled']),
    );
    expect(clear).toMatchObject({ failed: 12, deadLettered: 0, breaker: 'closed' });
    expect(clear?.putOff).toBeGreaterThan(20);
    expect(house.calls).toBe(52);
  },
);

test('a house that was busy for a while is asked until it has time', async () => {
  let busy = 3;
  const house = new (class extends CountingHouse {
    override async answer(): Promise<void> {
      if (busy-- > 0) throw new HouseBusyError();
    }
  })();
  const { report } = await playOrders('in-memory', pairs(1), house);

  expect(report.data.trades).toMatchObject([{ status: 'settled' }]);
  expect(report.statistics.deadLetters).toBe(0);
});

import { type ClearingHouse, SimulatedHouse } from '../../../src/flows/trading/clearing.ts';
import { beginsAtMs, entriesOf, fundsOf, readRows } from '../../../src/flows/trading/input.ts';
import { tradingMessages } from '../../../src/flows/trading/messages.ts';
import type { OrderRow } from '../../../src/flows/trading/order-row.ts';
import { reportOf } from '../../../src/flows/trading/report.ts';
import { tradingPipeline } from '../../../src/flows/trading/run.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { type FlowWorld, feedInOrder } from '../../../src/pipeline-runtime/index.ts';
import { type BusName, playOnce } from '../a-life.ts';

export const sampleRows = (): Promise<readonly OrderRow[]> => readRows({ kind: 'sample' }, seededRandom(1));

/** The rows, each so much after the one before; what is left out is as a limit order of one piece has it. */
export const rowsOf = (orders: readonly Partial<OrderRow>[], everyMs = 1000): readonly OrderRow[] =>
  orders.map((order, index) => ({
    atMs: beginsAtMs + index * everyMs,
    orderId: `o${index + 1}`,
    traderId: 'ann',
    symbol: 'ACME',
    side: 'BUY',
    type: order.price === null ? 'MARKET' : 'LIMIT',
    quantity: 1,
    price: 10_000,
    cash: null,
    ...order,
  }));

export async function trade(world: FlowWorld, rows: readonly OrderRow[], house: ClearingHouse) {
  const pipeline = tradingPipeline(world, { house, funds: fundsOf(rows) });
  pipeline.start();
  await feedInOrder(pipeline, world.clock, entriesOf(rows));
  return reportOf(pipeline, rows.length);
}

export async function playOrders(
  busName: BusName,
  rows: readonly OrderRow[],
  house: ClearingHouse = new SimulatedHouse(),
) {
  const flow = { catalogue: tradingMessages, beginsAtMs };
  return playOnce(busName, flow, (world) => trade(world, rows, house));
}

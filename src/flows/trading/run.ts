import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feedInOrder,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { auditStage } from './audit.ts';
import { type ClearingHouse, clearStage, SimulatedHouse } from './clearing.ts';
import { entriesOf, fundsOf, readRows } from './input.ts';
import type { TradingMessages } from './messages.ts';
import { matchStage, validateStage } from './orders.ts';
import { reportOf } from './report.ts';
import { riskStage } from './risk.ts';
import { type Funds, settleStage } from './settlement.ts';
import { askedAt } from './typed.ts';

/** Whom the exchange needs beyond itself. */
export interface TradingPorts {
  readonly house: ClearingHouse;
  readonly funds: Funds;
}

/** The stages of the exchange over the world's bus. */
export const tradingPipeline = (
  world: FlowWorld,
  { house, funds }: TradingPorts,
): Pipeline<TradingMessages> =>
  new Pipeline<TradingMessages>({
    ...world,
    stages: [validateStage, matchStage, settleStage(funds), clearStage(house), riskStage, auditStage],
  });

/** Reads orders, and gives what trades them and says what became of each. */
export async function prepareOrders(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  return (world) => {
    const pipeline = tradingPipeline(world, { house: new SimulatedHouse(), funds: fundsOf(rows) });
    return {
      pipeline,
      asked: askedAt(pipeline),
      play: () => feedInOrder(pipeline, world.clock, entriesOf(rows)),
      report: () => reportOf(pipeline, rows.length),
    };
  };
}

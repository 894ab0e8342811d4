import { millisecondsInSecond } from 'date-fns/constants';
import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { type Actuator, actuateStage, controlStage, MemoryActuator } from './control.ts';
import { entriesOf, type Row, readRows } from './input.ts';
import { lotStage } from './lots.ts';
import type { ManufacturingMessages } from './messages.ts';
import { qualityStage } from './quality.ts';
import { reportOf } from './report.ts';
import { safetyStage, validateStage } from './safety.ts';
import { inventoryStage, maintenanceStage } from './upkeep.ts';

/** The stages of the bakery over the world's bus. */
export const manufacturingPipeline = (
  world: FlowWorld,
  actuator: Actuator,
): Pipeline<ManufacturingMessages> =>
  new Pipeline<ManufacturingMessages>({
    ...world,
    stages: [
      validateStage,
      safetyStage,
      qualityStage,
      controlStage,
      actuateStage(actuator),
      maintenanceStage,
      inventoryStage,
      lotStage,
    ],
  });

/** Ten seconds behind the last that is said, reports are issued and adjustments made; nobody has been silent for long by then. */
export const endOf = (rows: readonly Row[]): number =>
  rows.reduce((latest, { atMs }) => Math.max(latest, atMs), 0) + 10 * millisecondsInSecond;

/** Reads what is measured, and gives what watches over it. */
export async function prepareManufacturing(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  return (world) => {
    const pipeline = manufacturingPipeline(world, new MemoryActuator());
    return {
      pipeline,
      play: () => feed(pipeline, world.clock, entriesOf(rows), { untilMs: endOf(rows) }),
      report: () => reportOf(pipeline, rows.length),
    };
  };
}

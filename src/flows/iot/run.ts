import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { thresholdStage, throttleStage } from './alerts.ts';
import { dashboardStage } from './dashboard.ts';
import { endOf, entriesOf, readRows } from './input.ts';
import type { IotMessages } from './messages.ts';
import { silenceStage, validateStage } from './readings.ts';
import { reportOf } from './report.ts';
import { anomalyStage, averageStage, windowStage } from './statistics.ts';
import { batchStage, CountingStore, type ReadingStore, storeStage } from './store.ts';

/** The stages of the greenhouse over the world's bus. */
export const iotPipeline = (world: FlowWorld, store: ReadingStore): Pipeline<IotMessages> =>
  new Pipeline<IotMessages>({
    ...world,
    stages: [
      validateStage,
      silenceStage,
      anomalyStage,
      averageStage,
      windowStage,
      thresholdStage,
      throttleStage,
      batchStage,
      storeStage(store),
      dashboardStage,
    ],
  });

/** Reads readings, and gives what watches over them until the last window is closed. */
export async function prepareReadings(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const entries = entriesOf(await readRows(input, random));
  return (world) => {
    const pipeline = iotPipeline(world, new CountingStore());
    return {
      pipeline,
      play: () => feed(pipeline, world.clock, entries, { untilMs: endOf(entries) }),
      report: () => reportOf(pipeline, entries.length),
    };
  };
}

import { InMemoryEventBus } from '../../src/bus/index.ts';
import { allFlows } from '../../src/demo/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { playFlow } from '../../src/pipeline-runtime/index.ts';
import type { Measured } from '../measure.ts';

/** A flow of the gallery with generated input, on the bus in memory: from the first submission to the report. */
export async function flowOf(name: string, count: number): Promise<Measured> {
  const flow = (await allFlows()).find((each) => each.name === name);
  if (flow === undefined) throw new TypeError(`there is no flow "${name}"`);
  const { catalogue, beginsAtMs } = flow;
  const random = seededRandom(1);
  const open = await flow.prepare({ kind: 'load', count }, random);
  const clock = new VirtualClock(beginsAtMs);
  const bus = new InMemoryEventBus({ catalogue, clock, random });
  const ids = createIds(clock, random);
  const opened = open({ bus, clock, ids, random, stopwatch: () => performance.now() });
  const startedMs = performance.now();
  const report = await playFlow(opened);
  const tookMs = performance.now() - startedMs;
  await bus.close();
  for (const { words, holds } of report.checks) if (!holds) throw new Error(`${name}: not so: ${words}`);
  return { deliveries: report.count, tookMs };
}

import { InMemoryEventBus } from '../../src/bus/index.ts';
import { allFlows } from '../../src/demo/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { playFlow } from '../../src/pipeline-runtime/index.ts';

/** What a flow of the gallery makes of generated input; a loop that is given the same seed has the same. */
export async function endOfFlow(name: string, count: number) {
  const flow = (await allFlows()).find((each) => each.name === name);
  if (flow === undefined) throw new TypeError(`there is no flow "${name}"`);
  const random = seededRandom(1);
  const open = await flow.prepare({ kind: 'load', count }, random);
  const clock = new VirtualClock(flow.beginsAtMs);
  const bus = new InMemoryEventBus({ catalogue: flow.catalogue, clock, random });
  const opened = open({ bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 });
  const { data } = await playFlow(opened);
  await bus.close();
  // biome-ignore lint/suspicious/noExplicitAny: each flow has data of its own.
  return data as any;
}

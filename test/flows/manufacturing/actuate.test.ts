import { expect, test } from 'vitest';
import { type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Catalogue, createMessage } from '../../../src/events/index.ts';
import { actuateStage, MemoryActuator } from '../../../src/flows/manufacturing/control.ts';
import { beginsAtMs } from '../../../src/flows/manufacturing/input.ts';
import {
  type ManufacturingMessages,
  manufacturingMessages as messages,
} from '../../../src/flows/manufacturing/messages.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { Pipeline } from '../../../src/pipeline-runtime/index.ts';

const of = { lineId: 'line-1', hops: 0 };
const clock = new VirtualClock(beginsAtMs);
const ports = { clock, ids: createIds(clock, seededRandom(2)) };
const due = createMessage(ports, messages.AdjustmentDue, { ...of, group: 9, from: 0, to: 0.3 });
const shut = createMessage(ports, messages.SafetyShutdown, { ...of, reason: 'too_hot', value: 261 });
const reset = createMessage(ports, messages.ShutdownReset, { ...of, by: 'chief' });

/** A shutdown may overtake what was decided before it. */
test.each([
  ['decided, then shut down', [due, shut], 0.3],
  ['shut down, then decided', [shut, due], undefined],
  ['shut down and reset, then decided', [shut, reset, due], 0.3],
])('%s: a line that is shut down is not moved', async (_, submitted, offset) => {
  const random = seededRandom(1);
  const catalogue: Catalogue = messages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> = new InMemoryEventBus({ catalogue, clock, random });
  const actuator = new MemoryActuator();
  const pipeline = new Pipeline<ManufacturingMessages>({
    bus,
    clock,
    ids: createIds(clock, random),
    random,
    stages: [actuateStage(actuator)],
  });
  pipeline.start();
  await pipeline.submit(submitted);
  await pipeline.settle();
  await pipeline.stop();
  await bus.close();

  expect(actuator.offsets.get('line-1')).toBe(offset);
});

import { onTestFinished } from 'vitest';
import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../src/bus/index.ts';
import { openDatastore } from '../../src/datastore/index.ts';
import type { Catalogue, MessagesOf } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { Pipeline, type PipelineOptions } from '../../src/pipeline-runtime/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

/** A pipeline in virtual time on one bus or the other, from the same beginning. */
export function runningOn<C extends Catalogue>(
  busName: BusName,
  catalogue: C,
  options: Pick<PipelineOptions<MessagesOf<C>>, 'stages' | 'settings'>,
) {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const bus = openBus(busName, catalogue, clock);
  const pipeline = new Pipeline<MessagesOf<C>>({ bus, clock, ids, random, ...options });
  pipeline.start();
  return { bus, clock, ids, pipeline, beganAtMs: clock.now() };
}

function openBus<C extends Catalogue>(
  busName: BusName,
  catalogue: C,
  clock: VirtualClock,
): EventBus<MessagesOf<C>> {
  if (busName === 'in-memory') return new InMemoryEventBus({ catalogue, clock });
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  return new DurableEventBus({ catalogue, clock, datastore, random: seededRandom(2) });
}

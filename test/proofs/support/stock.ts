import type { Datastore } from '../../../src/datastore/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { type Command, createServices, execute } from '../../../src/services/index.ts';

/** Gives commands to a shop in which nobody listens yet, so that nobody is told of them. */
export async function stock(
  datastore: Datastore,
  commands: readonly Command[],
  nowMs: number,
): Promise<void> {
  const clock = new VirtualClock(nowMs);
  const publisher = { publish: async () => {} };
  const services = createServices({ clock, ids: createIds(clock, seededRandom(0)), datastore, publisher });
  for (const command of commands) await execute(services, command);
}

import { openDatastore } from '../../../src/datastore/index.ts';
import { Fate } from '../../../src/demo/faults/fate.ts';
import type { ArchitectureName, BusName, World } from '../../../src/demo/world.ts';
import { AppError } from '../../../src/kernel/index.ts';
import { type Command, execute } from '../../../src/services/index.ts';
import { eveningMs, openingCommands, openingMs, type Story } from '../../architectures/stories.ts';
import { ledgerLines } from '../../support/ledger.ts';
import { MortalShop } from './mortal-shop.ts';

export interface Run {
  /** The ledger in the end, line by line. */
  readonly lines: readonly string[];
  /** What the providers have, by the ids of the deliveries; one that they have twice stands there twice. */
  readonly taken: readonly string[];
  /** What a provider had when a process died, and our ledger did not say so. */
  readonly unrecorded: readonly string[];
  readonly deaths: number;
  /** Steps that the first process took. */
  readonly steps: number;
}

export interface Setting {
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
}

/** Plays a story with a process that dies at this step, and one that comes after it. 0: nobody dies. */
export async function playWithCrash(setting: Setting, story: Story, diesAtStep: number): Promise<Run> {
  const datastore = openDatastore();
  const shop = new MortalShop({ ...setting, datastore, startMs: openingMs });
  await shop.start();
  for (const command of openingCommands) {
    await shop.survives((world) => world.during(execute(world.architecture.services, command)));
  }
  await shop.survives(async (world) => {
    await world.architecture.settle();
    await world.advanceTo(eveningMs);
    await world.close();
  });
  for (const address of story.suppressed ?? []) {
    await datastore.suppressions.add({ address, reason: 'bounced', sinceMs: openingMs });
  }
  const fate = diesAtStep === 0 ? new Fate() : new Fate(diesAtStep);
  const isAlive = await shop.start(fate);
  if (!isAlive) await startAnew(shop);
  for (const step of story.steps) await untilDone(shop, (world) => take(step, world, shop.deaths.length > 0));
  await untilDone(shop, async (world) => {
    await world.finish();
    await world.close();
  });
  const lines = await ledgerLines(datastore);
  await datastore.close();
  const taken = shop.providers.flatMap(({ journal }) =>
    journal.flatMap(({ key, isTaken }) => (isTaken ? key : [])),
  );
  const unrecorded = shop.deaths.flatMap((death) => death.unrecorded);
  return { lines, taken: taken.sort(), unrecorded, deaths: shop.deaths.length, steps: fate.steps };
}

async function take(step: Command | string, world: World, mayHaveBeenDone: boolean): Promise<void> {
  if (typeof step === 'string') return world.advanceTo(Date.parse(step));
  try {
    await world.during(execute(world.architecture.services, step));
  } catch (thrown) {
    // Whoever gave the command to the process that died gives it again, and may hear that it was done.
    if (!mayHaveBeenDone || !(thrown instanceof AppError)) throw thrown;
  }
  await world.architecture.settle();
}

async function untilDone(shop: MortalShop, work: (world: World) => Promise<void>): Promise<void> {
  while (!(await shop.survives(work))) await startAnew(shop);
}

async function startAnew(shop: MortalShop): Promise<void> {
  if (!(await shop.start())) throw new Error('only the first process dies');
}

/** The ids that stand there more than once. */
export const doubledIn = (ids: readonly string[]): string[] =>
  ids.filter((id, index) => ids.indexOf(id) !== index);

import type { Architecture } from '../../src/architecture/index.ts';
import type { Datastore } from '../../src/datastore/index.ts';
import { execute } from '../../src/services/index.ts';
import { ledgerLines } from '../support/ledger.ts';
import { eveningMs, openingCommands, openingMs, type Story } from './stories.ts';

export interface ArchitectureHarness {
  /** Not started yet. */
  readonly architecture: Architecture;
  readonly datastore: Datastore;
  /** Moves the virtual clock, doing on the way what becomes due. */
  advanceTo(atMs: number): Promise<void>;
  /** Moves it until nothing waits any more. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

export type CreateHarness = (options: {
  startMs: number;
}) => ArchitectureHarness | Promise<ArchitectureHarness>;

/** @param isHasty - Whether one command is given before what the last one led to is done. */
export async function playStory(
  createHarness: CreateHarness,
  story: Story,
  { isHasty }: { isHasty: boolean },
) {
  const harness = await createHarness({ startMs: openingMs });
  const { architecture, datastore } = harness;
  await architecture.start();
  for (const command of openingCommands) await execute(architecture.services, command);
  await architecture.settle();
  await harness.advanceTo(eveningMs);
  const before = await ledgerLines(datastore);
  for (const address of story.suppressed ?? []) {
    await datastore.suppressions.add({ address, reason: 'bounced', sinceMs: openingMs });
  }
  for (const step of story.steps) {
    // No time passes while there is something to do.
    if (!isHasty || typeof step === 'string') await architecture.settle();
    if (typeof step === 'string') await harness.advanceTo(Date.parse(step));
    else await execute(architecture.services, step);
  }
  await architecture.settle();
  const now = without(before, await ledgerLines(datastore));
  await harness.finish();
  const inTheEnd = without(before, await ledgerLines(datastore));
  const counts = await datastore.ledger.counts();
  await harness.close();
  return { now, inTheEnd, counts };
}

/** The lines that were added; lines are sorted, and the same line may stand there more than once. */
function without(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...before];
  return after.filter((line) => {
    const index = rest.indexOf(line);
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
}

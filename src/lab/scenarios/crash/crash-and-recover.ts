import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Datastore } from '../../../datastore/index.ts';
import { plural } from '../../../report/index.ts';
import { type ArchitectureName, hasBus } from '../../../shop/index.ts';
import {
  crashAndRecover,
  expectedDeliveries,
  expectedJournal,
  orderIds,
  taken,
} from '../crash-and-recover.ts';
import { compare, describeEnd, type ScenarioResult } from '../scenario-result.ts';
import { cleaningUp } from './cleaning-up.ts';
import { enterKept, linesOf, readLedger } from './kept-ledger.ts';
import { perform } from './perform.ts';
import type { Taken } from './provider.ts';
import { Stage } from './stage.ts';

export interface CrashOptions {
  /** When the story begins: milliseconds since the epoch. */
  startMs: number;
  /** Default: `event-sourced`. Whichever it is, it runs on the durable bus, if on any. */
  architecture?: ArchitectureName;
  /** Of the ids. Default 1. */
  seed?: number;
  /** It gets the deliveries and their events too. They are made on a file of the story's own, which is gone afterwards. */
  datastore?: Datastore;
}

/**
 * Plays `crash-and-recover` with real processes, and holds its end against what it promises and against the
 * journal of the provider, which outlives them. How fast they are changes nothing of the result.
 */
export async function playCrashAndRecover(options: CrashOptions): Promise<ScenarioResult> {
  const { startMs, architecture = 'event-sourced', seed = 1 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'crash-and-recover-'));
  const stage = new Stage({ folder, architecture, startMs, seed });
  const cleanUp = (): void => {
    stage.clear();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  return cleaningUp(cleanUp, async () => {
    const manner = { hasBus: hasBus(architecture) };
    await perform(stage, manner);
    const kept = await readLedger(stage.file, orderIds);
    if (options.datastore !== undefined) await enterKept(kept, options.datastore);
    stage.showUnknownOutcomes(kept);
    const journal = stage.provider.journal();
    await stage.step(describeJournal(journal));
    const deliveries = linesOf(kept);
    const differences = [
      ...compare(expectedDeliveries(manner), deliveries.map(describeEnd)),
      ...compare(
        expectedJournal(manner),
        journal.map(({ life, key }) => taken(life, key)),
      ),
    ];
    const { name: scenario, title } = crashAndRecover;
    const { timeline } = stage;
    return { scenario, title, architecture, ok: differences.length === 0, differences, timeline, deliveries };
  });
}

function describeJournal(journal: readonly Taken[]): string {
  const keys = journal.map(({ key }) => key);
  const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
  const twice = repeated.length === 0 ? 'none came twice' : `twice came ${repeated.join(', ')}`;
  return `The provider’s own journal: ${plural(keys.length, 'message')} taken under ${plural(new Set(keys).size, 'key')}; ${twice}`;
}

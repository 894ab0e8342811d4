import type { Datastore } from '../../datastore/index.ts';
import type { Outcome } from '../../operations/dead-letters/index.ts';
import {
  choose,
  count,
  deadLetterStore,
  describeOutcomes,
  emptyTally,
  findLetters,
  hasFailed,
  plainOutcome,
  redriveDocument,
  redriveLetters,
} from '../../operations/dead-letters/index.ts';
import { terminalOf } from '../../report/index.ts';
import type { ArchitectureName } from '../../shop/index.ts';
import { listenForStop, withRealProviders } from '../../shop/index.ts';
import { printDocument, printJson, printLines } from './print.ts';

interface RedriveFlags {
  readonly all?: boolean;
  readonly architecture: ArchitectureName;
  readonly json?: boolean;
}

/** Re-drives letters and prints what becomes of each; answers with the exit code. */
export async function redriveAndPrint(
  datastore: Datastore,
  ids: readonly string[],
  { all, architecture, json }: RedriveFlags,
): Promise<number> {
  const box = deadLetterStore(datastore);
  const chosen = await choose(all ? box.all() : await findLetters(datastore, box, ids));
  const terminal = terminalOf(process.stdout);
  const tally = emptyTally();
  const results: unknown[] = [];
  const onOutcomes = (outcomes: readonly Outcome[]): void => {
    count(tally, outcomes);
    if (json) results.push(...outcomes.map(plainOutcome));
    else printLines(describeOutcomes(outcomes, chosen.ids.length, terminal));
  };
  const stop = listenForStop();
  try {
    const report = await withRealProviders(stop.signal, (providers) =>
      redriveLetters({ datastore, architecture, ...providers, chosen, onOutcomes, signal: stop.signal }),
    );
    const { fromMs, toMs, others, wasStopped } = report;
    if (json) printJson({ fromMs, toMs, letters: results, others, wasStopped });
    else printDocument(redriveDocument(report, tally), terminal);
    return hasFailed(tally) ? 1 : 0;
  } finally {
    stop.release();
  }
}

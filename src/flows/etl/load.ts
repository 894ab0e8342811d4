import { messageOf } from '../../kernel/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import type { Folder } from './folder.ts';
import { type EtlMessage, etlMessages as messages, type Sums } from './messages.ts';
import { plus } from './transform.ts';
import { type Batch, writeBatch } from './warehouse.ts';

export const warehouseKey = 'warehouse';

type RunCounts = Readonly<Record<'loaded' | 'duplicates' | 'rejected', number>>;

/** What is in the warehouse, and what waits for its batch to be full. */
export interface Loaded extends Batch {
  /** Rides in the batches before. */
  readonly rows: number;
  /** By the source, since its run began. */
  readonly runs: Readonly<Record<string, RunCounts>>;
}

const nothing: Loaded = { batch: 1, rides: [], rejections: [], stations: {}, rows: 0, runs: {} };
const noCounts: RunCounts = { loaded: 0, duplicates: 0, rejected: 0 };

type In = EtlMessage<'PageAggregated' | 'SourceEnded'>;
type Out = EtlMessage<'BatchLoaded' | 'PageTaken' | 'EtlCompleted' | 'EtlHalted'>;

/**
 * Writes batches into the warehouse. What is in a batch follows from what was kept before, and that changes only with
 * its acknowledgement: a batch that is written again is the same again.
 */
export const loadStage = (folder: Folder, rowsABatch: number): Stage<In, Out, Loaded> => ({
  name: 'load',
  accepts: ['PageAggregated', 'SourceEnded'],
  // All sources fill one batch.
  concurrency: 1,
  state: { initial: () => nothing, key: () => warehouseKey },
  retry: { attempts: 3, baseDelayMs: 1000, jitter: false },
  async handle(message, { state, next }) {
    const { source } = message.data;
    const loaded = message.type === 'PageAggregated' ? withPage(state.get(), message.data) : state.get();
    const { batch, rides, rejections } = loaded;
    const isFull = rides.length + rejections.length >= rowsABatch;
    const isWritten = isFull || (message.type === 'SourceEnded' && rides.length + rejections.length > 0);
    if (isWritten) await writeBatch(folder, loaded);
    const after = isWritten ? written(loaded) : loaded;
    const said: Out[] = isWritten
      ? [next(messages.BatchLoaded, { source, batch, rows: rides.length, rejected: rejections.length })]
      : [];
    if (message.type === 'PageAggregated') {
      state.set(after);
      return [...said, next(messages.PageTaken, { source, page: message.data.page })];
    }
    const { [source]: counts = noCounts, ...runs } = after.runs;
    state.set({ ...after, runs });
    return [...said, next(messages.EtlCompleted, { source, read: message.data.read, ...counts })];
  },
  giveUp: ({ data: { source } }, thrown, { next }) => [
    next(messages.EtlHalted, { source, stage: 'load', reason: messageOf(thrown) }),
  ],
});

function withPage(before: Loaded, page: EtlMessage<'PageAggregated'>['data']): Loaded {
  const { source, rides, rejections, duplicates } = page;
  const stations: Record<string, Sums> = { ...before.stations };
  for (const [station, sums] of Object.entries(page.stations))
    stations[station] = plus(stations[station], sums);
  const counts = before.runs[source] ?? noCounts;
  return {
    ...before,
    stations,
    rides: [...before.rides, ...rides],
    rejections: [...before.rejections, ...rejections.map((each) => ({ source, ...each }))],
    runs: { ...before.runs, [source]: { ...counts, duplicates: counts.duplicates + duplicates } },
  };
}

/** Counts by what stands in the batch, whoever read it. */
function written({ batch, rides, rejections, stations, rows, runs }: Loaded): Loaded {
  const counted: Record<string, RunCounts> = { ...runs };
  const add = (source: string, to: 'loaded' | 'rejected'): void => {
    const counts = counted[source] ?? noCounts;
    counted[source] = { ...counts, [to]: counts[to] + 1 };
  };
  for (const { source } of rides) add(source, 'loaded');
  for (const { source } of rejections) add(source, 'rejected');
  return { batch: batch + 1, rides: [], rejections: [], stations, rows: rows + rides.length, runs: counted };
}

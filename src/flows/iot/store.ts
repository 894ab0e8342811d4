import type { Stage } from '../../pipeline-runtime/index.ts';
import { type IotMessage, iotMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

/** What is to be stored, in columns of one length. */
export interface Columns {
  readonly sensorIds: readonly string[];
  readonly atMs: readonly number[];
  readonly values: readonly number[];
}

/** Where readings are kept for good. */
export interface ReadingStore {
  /**
   * Stores a batch, and says how many rows it has; one of a number that it has already changes nothing.
   * @throws {Error} when it cannot, or only says so.
   */
  put(batch: number, columns: Columns): Promise<number>;
}

/** In memory: counts what it is given, and forgets it. */
export class CountingStore implements ReadingStore {
  #lastBatch = 0;
  rows = 0;

  async put(batch: number, { values }: Columns): Promise<number> {
    if (batch > this.#lastBatch) this.rows += values.length;
    this.#lastBatch = Math.max(this.#lastBatch, batch);
    return values.length;
  }
}

/** What is gathered: `full` parts, and one more that grows. So a reading leads to a copy of one part, not of the batch. */
interface Gathering extends Columns {
  /** The number of the batch that is gathered. */
  readonly batch: number;
  /** Oldest first. Left out: there is none yet. */
  readonly full?: readonly Columns[];
}

const rowsAPart = 32;
const empty: Columns = { sensorIds: [], atMs: [], values: [] };

/**
 * Gathers the readings of all sensors, until there are enough or the first has waited long enough. Which reading is in which
 * batch is decided once, so that a batch that is stored twice is the same both times.
 */
export const batchStage: Stage<
  IotMessage<'ReadingAccepted' | 'BatchDue'>,
  IotMessage<'BatchReady'>,
  Gathering
> = {
  name: 'batch',
  accepts: ['ReadingAccepted', 'BatchDue'],
  // All sensors fill one batch.
  concurrency: 1,
  state: { initial: () => ({ batch: 1, ...empty }), key: () => 'batch' },
  handle({ type, data }, { state, at, cancel, next, begin, nowMs }) {
    const { batch, full = [], ...before } = state.get();
    const growing = type === 'BatchDue' ? before : withReading(before, data);
    const length = full.reduce((rows, { values }) => rows + values.length, growing.values.length);
    if (length === 0) return [];
    if (type === 'BatchDue' || length >= rules.batchRows) {
      cancel('batch');
      state.set({ batch: batch + 1, ...empty });
      return [begin(messages.BatchReady, { batch, ...joined([...full, growing]) })];
    }
    if (length === 1) at('batch', nowMs + rules.batchMs, next(messages.BatchDue, {}));
    const isFull = growing.values.length >= rowsAPart;
    state.set(isFull ? { batch, full: [...full, growing], ...empty } : { batch, full, ...growing });
    return [];
  },
};

const withReading = (
  { sensorIds, atMs, values }: Columns,
  reading: IotMessage<'ReadingAccepted'>['data'],
): Columns => ({
  sensorIds: [...sensorIds, reading.sensorId],
  atMs: [...atMs, reading.atMs],
  values: [...values, reading.value],
});

const joined = (parts: readonly Columns[]): Columns => ({
  sensorIds: parts.flatMap(({ sensorIds }) => sensorIds),
  atMs: parts.flatMap(({ atMs }) => atMs),
  values: parts.flatMap(({ values }) => values),
});

/** Hands batches to the store. While that is down they wait on the bus, and nothing else does. */
export const storeStage = (
  store: ReadingStore,
): Stage<IotMessage<'BatchReady'>, IotMessage<'BatchStored'>> => ({
  name: 'store',
  accepts: ['BatchReady'],
  timeoutMs: 5000,
  // Each half a minute one of them tries: it may be down for a night.
  retry: { attempts: 1000, baseDelayMs: 1000, jitter: false },
  breaker: { failureThreshold: 3, resetAfterMs: 30_000 },
  async handle({ data: { batch, sensorIds, atMs, values } }, { next }) {
    const rows = await store.put(batch, { sensorIds, atMs, values });
    return [next(messages.BatchStored, { batch, rows })];
  },
});

import type { FlowReport, Pipeline, Stage } from '../../pipeline-runtime/index.ts';
import type { Extracted } from './extract.ts';
import { type Loaded, warehouseKey } from './load.ts';
import type { Counts, EtlMessage, EtlMessages, Rejection } from './messages.ts';
import { quarantineFile, ridesFile, stationsFile } from './warehouse.ts';

/** No list on a screen is longer. */
const longestList = 15;
const mostExamples = 20;

/** How the last run of a source went. */
export interface Run {
  readonly run: string;
  readonly status: 'none' | 'running' | 'completed' | 'halted';
  /** Where it halted, and why. */
  readonly halt: string | null;
  /** How many ran to their end. */
  readonly completed: number;
  readonly counts: Counts;
  readonly reasons: Readonly<Record<string, number>>;
  /** The first that were rejected. */
  readonly examples: readonly Rejection[];
  readonly batches: readonly number[];
}

const noCounts: Counts = { read: 0, loaded: 0, duplicates: 0, rejected: 0 };
const noRun: Run = {
  run: '',
  status: 'none',
  halt: null,
  completed: 0,
  counts: noCounts,
  reasons: {},
  examples: [],
  batches: [],
};

type Shown = EtlMessage<'EtlStarted' | 'PageAggregated' | 'BatchLoaded' | 'EtlCompleted' | 'EtlHalted'>;

/** Keeps what a person wants to know of the last run. */
export const reportStage: Stage<Shown, never, Run> = {
  name: 'report',
  accepts: ['EtlStarted', 'PageAggregated', 'BatchLoaded', 'EtlCompleted', 'EtlHalted'],
  state: { initial: () => noRun },
  handle({ type, data }, { state }) {
    const before = state.get();
    switch (type) {
      case 'EtlStarted':
        state.set({ ...noRun, run: data.run, status: 'running', completed: before.completed });
        break;
      case 'PageAggregated': {
        const examples = [...before.examples, ...data.rejections].slice(0, mostExamples);
        const found = data.rejections.flatMap(({ reasons }) => reasons);
        state.set({ ...before, status: 'running', examples, reasons: found.reduce(plusOne, before.reasons) });
        break;
      }
      case 'BatchLoaded':
        state.set({ ...before, batches: [...before.batches, data.batch].slice(-longestList) });
        break;
      case 'EtlCompleted': {
        const { read, loaded, duplicates, rejected } = data;
        const counts = { read, loaded, duplicates, rejected };
        state.set({ ...before, status: 'completed', halt: null, completed: before.completed + 1, counts });
        break;
      }
      case 'EtlHalted':
        state.set({ ...before, status: 'halted', halt: `${data.stage}: ${data.reason}` });
    }
    return [];
  },
};

export const lastRun = async (pipeline: Pipeline<EtlMessages>, source: string): Promise<Run> =>
  ((await pipeline.stateOf('report', source)) as Run | undefined) ?? noRun;

/** How good the data was, what is in the warehouse now, and whether it adds up. */
export async function reportOf(
  pipeline: Pipeline<EtlMessages>,
  source: string,
  { where }: { readonly where: string },
): Promise<FlowReport> {
  const { status, halt, counts, reasons, examples, batches } = await lastRun(pipeline, source);
  const warehouse = (await pipeline.stateOf('load', warehouseKey)) as Loaded | undefined;
  const extracted = (await pipeline.stateOf('extract', source)) as Extracted | undefined;
  const { read, loaded, duplicates, rejected } = counts;
  const stations = Object.entries(warehouse?.stations ?? {})
    .map(([station, sums]) => ({ station, ...sums }))
    .sort((one, other) => other.rides - one.rides || (one.station < other.station ? -1 : 1));
  const total = (of: 'rides' | 'metres' | 'priceMinor'): number =>
    stations.reduce((sum, station) => sum + station[of], 0);
  const rows = warehouse?.rows ?? 0;
  // Of a run that was halted.
  const waiting = warehouse?.rides.length ?? 0;
  const shown = stations.slice(0, longestList);
  const share = (count: number): string => `${((100 * count) / Math.max(read, 1)).toFixed(1)} %`;
  return {
    count: read,
    statistics: pipeline.statistics(),
    pictures: [
      {
        kind: 'bars',
        caption: titleOf('Rides by station', shown.length, stations.length),
        bars: shown.map(({ station, rides }) => ({ name: station, value: rides })),
      },
    ],
    tables: [
      {
        title: `Records of ${source}`,
        columns: ['', 'records', 'share'],
        rows: Object.entries({ loaded, duplicates, rejected }).map(([what, count]) => [
          what,
          String(count),
          share(count),
        ]),
      },
      {
        title: 'Rejected for',
        columns: ['reason', 'records', 'first in line', 'which says'],
        rows: Object.entries(reasons).map(([reason, count]) => {
          const first = examples.find((each) => each.reasons.includes(reason));
          return [reason, String(count), String(first?.line ?? ''), first?.raw.slice(0, 50) ?? ''];
        }),
      },
      {
        title: titleOf('Stations', shown.length, stations.length),
        columns: ['station', 'rides', 'km', 'price'],
        rows: [
          ...shown.map(({ station, rides, metres, priceMinor }) => [
            station,
            String(rides),
            inKm(metres),
            inMajor(priceMinor),
          ]),
          ['all', String(total('rides')), inKm(total('metres')), inMajor(total('priceMinor'))],
        ],
      },
      {
        title: `Warehouse, ${where}`,
        columns: ['file', 'what'],
        rows: [
          [stationsFile, 'sums by station'],
          ...batches.map((batch) => [
            ridesFile(batch),
            `rides; what was rejected in ${quarantineFile(batch)}`,
          ]),
        ],
      },
    ],
    checks: [
      {
        words: halt === null ? 'the source was read to its end' : `halted at ${halt}; the same again goes on`,
        holds: status === 'completed' || status === 'none',
      },
      { words: 'read = loaded + duplicates + rejected', holds: read === loaded + duplicates + rejected },
      {
        words: `the stations have all rides of the warehouse (${rows})`,
        holds: total('rides') === rows + waiting,
      },
    ],
    data: {
      source,
      status,
      halt,
      run: counts,
      reasons,
      rejected: examples,
      warehouse: { rows, batches: (warehouse?.batch ?? 1) - 1, where },
      stations,
      watermark: extracted?.watermark ?? null,
    },
  };
}

const inKm = (metres: number): string => (metres / 1000).toFixed(1);

const inMajor = (minor: number): string => (minor / 100).toFixed(2);

const titleOf = (title: string, shown: number, all: number): string =>
  shown === all ? title : `${title} (${shown} of ${all})`;

const plusOne = (counts: Readonly<Record<string, number>>, word: string): Record<string, number> => ({
  ...counts,
  [word]: (counts[word] ?? 0) + 1,
});

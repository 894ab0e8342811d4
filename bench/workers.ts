import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { aligned, medianOf, whole } from './aligned.ts';
import { type Costs, measure, type Run } from './measure.ts';
import type { BenchServer, ServerFacts } from './server/bench-server.ts';

export interface WorkersOptions {
  readonly server: BenchServer;
  readonly rounds: number;
  /** How many processes consume. Default 1, 2, 4. */
  readonly counts?: readonly number[];
  /** Of a burst; two deliveries each. Default 20,000. */
  readonly events?: number;
  /** For how long 500 events a second come. Default 5. */
  readonly seconds?: number;
}

/** One way to tell customers, or one that does nothing but write the same rows. */
export interface WorkersRow {
  readonly name: string;
  /** How many processes consume; null: no process of its own does. */
  readonly workers: number | null;
  /** Of the round in the middle, and of the slowest and the fastest. */
  readonly perSecond: number;
  readonly perSecondRange: readonly [number, number];
  /** How often as long as the floor of its engine in the same round; null of a floor. */
  readonly timesFloor: number | null;
  /** From the event to the provider, at 500 events a second; null of a floor. */
  readonly latencyMs: Run['latencyMs'] | null;
  /** Of a delivery, in a burst. */
  readonly costs: Costs;
  /** The largest that a process was that only tells: MB. Null where there is none, or where the system does not say. */
  readonly workerPeakMb: number | null;
}

export interface WorkersFigures {
  readonly on: Machine;
  readonly rows: readonly WorkersRow[];
}

interface Machine extends ServerFacts {
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  /** How many programs wanted its processors before it began. */
  readonly load: number;
}

interface Variant {
  readonly name: string;
  readonly workers: number | null;
  readonly burst: string;
  readonly paced?: string;
  readonly floor?: string;
  readonly isOnServer: boolean;
}

const sameRows = { workers: null } as const;
const variantsOf = (counts: readonly number[]): readonly Variant[] => [
  { ...sameRows, name: 'the same rows on a file (floor)', burst: 'same-rows-on-a-file', isOnServer: false },
  {
    name: 'event-sourced on a file, one process',
    workers: null,
    burst: 'file-burst',
    paced: 'file-paced',
    floor: 'same-rows-on-a-file',
    isOnServer: false,
  },
  { ...sameRows, name: 'the same rows on PostgreSQL (floor)', burst: 'same-rows', isOnServer: true },
  ...counts.map((count) => ({
    name: `event-sourced on PostgreSQL, ${count} worker${count === 1 ? '' : 's'}`,
    workers: count,
    burst: `workers:${count}:burst`,
    paced: `workers:${count}:paced`,
    floor: 'same-rows',
    isOnServer: true,
  })),
];

type Progress = <T>(label: string, work: () => Promise<T>) => Promise<T>;

/** All in turn, round by round, each in processes of its own, and on a server in a database of its own. */
export async function measureWorkers(options: WorkersOptions, progress: Progress): Promise<WorkersFigures> {
  const { server, rounds, counts = [1, 2, 4], events = 20_000, seconds = 5 } = options;
  const variants = variantsOf(counts);
  const on = await machine(server);
  const bursts: Map<string, Run>[] = [];
  const paces: Map<string, Run>[] = [];
  const run = ({ isOnServer }: Variant, name: string, size: number): Promise<Run> =>
    isOnServer
      ? server.withDatabase((place) => measure(name, size, { DATASTORE: place }))
      : measure(name, size);
  for (let round = 1; round <= rounds; round++) {
    const [burst, paced] = [new Map<string, Run>(), new Map<string, Run>()];
    for (const variant of variants) {
      const label = `${variant.name}, round ${round} of ${rounds}`;
      burst.set(variant.burst, await progress(label, () => run(variant, variant.burst, events)));
      const pace = variant.paced;
      if (pace !== undefined) paced.set(pace, await progress(label, () => run(variant, pace, seconds)));
    }
    bursts.push(burst);
    paces.push(paced);
  }
  return { on, rows: variants.map((variant) => rowOf(variant, bursts, paces)) };
}

const perSecondOf = ({ deliveries, tookMs }: Run): number => (deliveries * 1000) / tookMs;

function rowOf(
  { name, workers, burst, paced = '', floor = '' }: Variant,
  bursts: readonly ReadonlyMap<string, Run>[],
  paces: readonly ReadonlyMap<string, Run>[],
): WorkersRow {
  const runs = bursts.map((round) => round.get(burst) as Run);
  const rates = runs.map(perSecondOf);
  const ratios = bursts.flatMap((round) => {
    const beside = round.get(floor);
    return beside === undefined ? [] : [perSecondOf(beside) / perSecondOf(round.get(burst) as Run)];
  });
  const peaks = runs.flatMap(({ workerPeakMb }) => workerPeakMb ?? []);
  const waits = paces.flatMap((round) => round.get(paced)?.latencyMs ?? []);
  return {
    name,
    workers,
    perSecond: Math.round(medianOf(rates)),
    perSecondRange: [Math.round(Math.min(...rates)), Math.round(Math.max(...rates))],
    timesFloor: ratios.length === 0 ? null : medianOf(ratios),
    latencyMs:
      waits.length === 0
        ? null
        : { p50: medianOf(waits.map(({ p50 }) => p50)), p99: medianOf(waits.map(({ p99 }) => p99)) },
    costs: mediansOf(runs.map(({ costs = {} }) => costs)),
    workerPeakMb: peaks.length === 0 ? null : Math.round(Math.max(...peaks)),
  };
}

const costNames = [
  'workerMicros',
  'publisherMicros',
  'serverMicros',
  'walBytes',
  'storedBytes',
  'rows',
  'transactions',
] as const;

/** Of what was measured in every round. */
function mediansOf(each: readonly Costs[]): Costs {
  const measured = costNames.flatMap((name) => {
    const values = each.flatMap((costs) => costs[name] ?? []);
    return values.length === each.length ? [[name, medianOf(values)] as const] : [];
  });
  return Object.fromEntries(measured);
}

async function machine(server: BenchServer): Promise<Machine> {
  const [load = 0] = loadavg();
  const date = new Date().toISOString().slice(0, 10);
  const here = { date, node: process.version, cores: cpus().length, load: Math.round(load) };
  return { ...here, ...(await server.about()) };
}

const kept = new URL('./workers.json', import.meta.url);

/** Writes down what was measured, when, and on what. */
export const keepWorkers = (figures: WorkersFigures): void =>
  writeFileSync(kept, `${JSON.stringify(figures, null, 2)}\n`);

const shown = (value: number | undefined, digits = 0): string =>
  value === undefined ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits });

/** Two tables: how fast, and what a delivery takes. */
export function workersTables({ on, rows }: WorkersFigures): string[] {
  const speed = rows.map(({ name, perSecond, perSecondRange: [least, most], timesFloor, latencyMs }) => [
    name,
    whole(perSecond),
    `${whole(least)}–${whole(most)}`,
    timesFloor === null ? '' : timesFloor.toFixed(1),
    latencyMs ? `${whole(latencyMs.p50)} ms` : '',
    latencyMs ? `${whole(latencyMs.p99)} ms` : '',
  ]);
  const costs = rows.map(({ name, costs: each }) => [
    name,
    shown(each.workerMicros),
    shown(each.publisherMicros),
    shown(each.serverMicros),
    shown(each.walBytes),
    shown(each.storedBytes),
    shown(each.rows, 1),
    shown(each.transactions, 3),
  ]);
  return [
    `Node ${on.node}, ${on.cores} cores, PostgreSQL ${on.version}, ${on.isOnDisk ? 'which waits for its disk' : 'which does not wait for its disk'}:`,
    ...aligned([['', 'deliveries/s', 'of the rounds', 'times the floor', 'p50', 'p99'], ...speed]),
    '',
    'Of a delivery, where it was measured: microseconds of processor time, and what is written:',
    ...aligned([
      ['', 'worker', 'publisher', 'server', 'WAL, bytes', 'stored, bytes', 'rows', 'transactions'],
      ...costs,
    ]),
  ];
}

import { Argument, Command, InvalidArgumentError } from 'commander';
import { refuseSwallowedFlags } from '../src/demo/index.ts';
import { InputError } from '../src/kernel/index.ts';
import { compareWithCommit } from './against.ts';
import { compareArchitectures, profileArchitectures } from './architectures.ts';
import { flowTable, keepFigures, loginLines, measureFlows } from './flows.ts';
import { measure, measureShares, median, type Run } from './measure.ts';
import { measureScaling } from './scaling.ts';
import { benchServer } from './server/bench-server.ts';
import { keepWorkers, measureWorkers, workersTables } from './workers.ts';

const description = `Deliveries per second, end to end, in memory and on a file.

Each figure is the median of several runs, each in a process of its own. A run of the architecture and one of
its floor follow each other, so that a ratio holds on a machine whose speed drifts. In memory the floor is a plain
loop: the same lookups, the same rendering, the same channels; no bus, no policy, no ledger, no decisions. On a
file it is the same rows, written in transactions of 256 events by a loop that does nothing else.`;

/** A case beside its floor, and how people call the two. */
interface Pair {
  readonly case: string;
  readonly name: string;
  readonly floor: string;
  readonly floorName: string;
}

const inMemory: Pair = {
  case: 'event-sourced',
  name: 'event-sourced',
  floor: 'plain-loop',
  floorName: 'plain loop (floor)',
};

const onFile: Pair = {
  case: 'durable',
  name: 'event-sourced, durable bus',
  floor: 'durable-floor',
  floorName: 'the same rows (floor)',
};

const withSpans: Pair = {
  case: 'traced',
  name: 'with spans, in memory',
  floor: 'untraced',
  floorName: 'the same without spans',
};

interface BenchOptions {
  rounds: number;
  json?: boolean;
  keep?: boolean;
  commit?: string;
}

interface Row {
  readonly name: string;
  readonly run: Run;
  /** How often as long as the floor. */
  readonly timesFloor: number | null;
}

/** What is printed as it is. */
const tables: Readonly<Record<string, (options: BenchOptions) => Promise<string[]>>> = {
  against: ({ commit = 'HEAD', rounds }) => compareWithCommit(commit, rounds, progress).catch(refuse),
  architectures: ({ rounds }) => compareArchitectures(rounds),
  profile: () => profileArchitectures(progress),
  scaling: () => measureScaling(progress),
};

async function bench(what: string, options: BenchOptions): Promise<void> {
  if (options.commit !== undefined && what !== 'against')
    command.error('error: --commit is for `npm run bench -- against`');
  const printed = tables[what];
  if (printed !== undefined) return benchTable(printed, options);
  if (what === 'flows') return benchFlows(options);
  if (what === 'workers') return benchWorkers(options);
  const { rounds, json } = options;
  if (what === 'telemetry') return benchTelemetry(options);
  const rows: Row[] = [];
  for (const events of [10_000, 100_000]) rows.push(...(await besideItsFloor(inMemory, events, rounds)));
  rows.push(...(await besideItsFloor(onFile, 100_000, rounds)));
  const recovered = await progress('recovery', () => measure('recovery', 100_000));
  rows.push({ name: 'recovery of what was in hand', run: recovered, timesFloor: null });
  for (const carts of [1000, 10_000, 100_000]) {
    const run = await progress(`price drop, ${carts} carts`, () => measure('price-drop', carts));
    rows.push({ name: `price drop, ${count(carts)} carts`, run, timesFloor: null });
  }
  const latency = await progress('latency', () => measure('latency', 5));
  const bareHono = await progress('a bare Hono route', () => measure('bare-hono', 10_000));
  const http = await progress('HTTP', () => measure('http', 10_000));
  const shares = await progress('profile', () => measureShares('event-sourced', 100_000));
  if (json === true)
    process.stdout.write(
      `${JSON.stringify({ rows, latency, http, bareHono, shares: Object.fromEntries(shares) }, null, 2)}\n`,
    );
  else
    process.stdout.write(
      `${[...table(rows), '', describeLatency(latency), describeHttp(http, bareHono), '', ...whereTimeGoes('Where the time of event-sourced goes, 100,000 events with their stocking:', shares)].join('\n')}\n`,
    );
}

async function benchTable(
  printed: (options: BenchOptions) => Promise<string[]>,
  options: BenchOptions,
): Promise<void> {
  if (options.json === true) command.error('error: this one has no --json; it is a table');
  process.stdout.write(`${(await printed(options)).join('\n')}\n`);
}

async function benchFlows({ rounds, json, keep }: BenchOptions): Promise<void> {
  const { rows, logins, shares } = await measureFlows(rounds, progress);
  if (keep === true) keepFigures(rows, logins);
  const text =
    json === true
      ? JSON.stringify({ rows, logins, shares: Object.fromEntries(shares) }, null, 2)
      : [
          ...flowTable(rows),
          '',
          ...loginLines(logins),
          '',
          ...whereTimeGoes('Where the time of two stages goes, with the making of what comes in:', shares),
        ].join('\n');
  process.stdout.write(`${text}\n`);
}

async function benchWorkers({ rounds, json, keep }: BenchOptions): Promise<void> {
  const server = await benchServer().catch(refuse);
  try {
    const figures = await measureWorkers({ server, rounds }, progress).catch(refuse);
    if (keep === true) keepWorkers(figures);
    const text = json === true ? JSON.stringify(figures, null, 2) : workersTables(figures).join('\n');
    process.stdout.write(`${text}\n`);
  } finally {
    await server.end();
  }
}

/** @throws whatever says nothing of what was asked. */
function refuse(thrown: unknown): never {
  if (thrown instanceof InputError) command.error(`error: ${thrown.message}. ${thrown.help}`);
  throw thrown;
}

async function benchTelemetry({ rounds, json }: BenchOptions): Promise<void> {
  const rows = await besideItsFloor(withSpans, 20_000, rounds);
  process.stdout.write(`${json === true ? JSON.stringify({ rows }, null, 2) : table(rows).join('\n')}\n`);
}

async function besideItsFloor(pair: Pair, events: number, rounds: number): Promise<Row[]> {
  const floors: Run[] = [];
  const runs: Run[] = [];
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const label = `${events} events, round ${round} of ${rounds}`;
    const floor = await progress(`${pair.floorName}, ${label}`, () => measure(pair.floor, events));
    const run = await progress(`${pair.name}, ${label}`, () => measure(pair.case, events));
    floors.push(floor);
    runs.push(run);
    ratios.push(run.tookMs / floor.tookMs);
  }
  const timesFloor = ratios.sort((one, other) => one - other)[Math.floor(ratios.length / 2)] ?? null;
  return [
    { name: `${pair.floorName}, ${count(events)} events`, run: median(floors), timesFloor: 1 },
    { name: `${pair.name}, ${count(events)} events`, run: median(runs), timesFloor },
  ];
}

function describeLatency({ latencyMs, deliveries }: Run): string {
  const { p50, p99 } = latencyMs ?? { p50: Number.NaN, p99: Number.NaN };
  const figures = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  return `Durable bus, 500 events/s: ${figures} from the event to the hand-over (${count(deliveries)} deliveries)`;
}

function describeHttp(http: Run, bareHono: Run): string {
  const figures = ({ deliveries, tookMs, latencyMs }: Run): string =>
    `${count(Math.round((deliveries / tookMs) * 1000))} requests/s, p99 ${latencyMs?.p99.toFixed(1)} ms`;
  return `A command over HTTP, 16 connections: ${figures(http)}; a bare Hono route: ${figures(bareHono)}`;
}

function table(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const head = `${''.padEnd(width)}  ${['deliveries', 'deliveries/s', 'time', 'peak memory'].map((title) => title.padStart(13)).join('')}`;
  const lines = rows.map(({ name, run, timesFloor }) => {
    const perSecond = Math.round((run.deliveries / run.tookMs) * 1000);
    const figures = [
      count(run.deliveries),
      count(perSecond),
      `${(run.tookMs / 1000).toFixed(2)} s`,
      `${Math.round(run.peakMb)} MB`,
    ];
    const ratio =
      timesFloor === null || timesFloor === 1 ? '' : `   ${timesFloor.toFixed(1)} × the floor's time`;
    return `${name.padEnd(width)}  ${figures.map((figure) => figure.padStart(13)).join('')}${ratio}`;
  });
  return [head, ...lines];
}

function whereTimeGoes(title: string, shares: ReadonlyMap<string, number>): string[] {
  const large = [...shares].filter(([, share]) => share >= 0.01);
  const rest = 1 - large.reduce((sum, [, share]) => sum + share, 0);
  const lines = [...large, ['all else', rest] as const].map(
    ([place, share]) => `  ${place.padEnd(20)}${`${(share * 100).toFixed(0)} %`.padStart(5)}`,
  );
  return [title, ...lines];
}

async function progress<T>(label: string, work: () => Promise<T>): Promise<T> {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${label} …`);
  const result = await work();
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return result;
}

const count = (value: number): string => value.toLocaleString('en');

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return value;
}

const command = new Command('npm run bench --')
  .description(description)
  .addArgument(
    new Argument(
      '[what]',
      'against: this code beside that of a commit, at the same moment; architectures: all four, in turn; profile: where the time of each goes; scaling: what a unit costs as there is more; flows: two stages of a pipeline, and each flow of the gallery; telemetry: with spans beside without; workers: one, two and four processes on PostgreSQL, beside one on a file, and what a delivery costs there',
    )
      .choices(['all', ...Object.keys(tables), 'flows', 'telemetry', 'workers'])
      .default('all'),
  )
  .option('--rounds <n>', 'runs of each pair', positive, 3)
  .option('--commit <rev>', 'against: which one (default: HEAD, for what is not committed yet)')
  .option('--json', 'print the figures as JSON')
  .option(
    '--keep',
    'flows: write them to bench/flows.json, of which `npm run reference` makes docs/FLOWS.md; workers: to bench/workers.json, of which it makes docs/SCALING.md',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(bench);

refuseSwallowedFlags(command, 'bench');
await command.parseAsync();

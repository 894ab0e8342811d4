import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Costs } from '../../bench/measure.ts';
import type { WorkersFigures } from '../../bench/workers.ts';
import { code, page, table } from './markdown.ts';
import {
  type Assumptions,
  ceilings,
  databasesIfParted,
  type Size,
  sizeFor,
  type UnitCosts,
} from './sizing.ts';

const assumed: Assumptions = {
  share: 0.6,
  consumers: 2,
  walBytesPerSecond: 200e6,
  flushesPerSecond: 1000,
  sessions: 4,
  serverMb: 4000,
};

const targets = [1000, 10_000, 1_000_000];
/** Of the server of each database, if it were parted. */
const partedCores = 8;

/** How fast workers on PostgreSQL are, and what more would need, reckoned from what a delivery takes. */
export function scalingPage(root: string): string {
  const measured = JSON.parse(readFileSync(join(root, 'bench/workers.json'), 'utf8')) as WorkersFigures;
  const { on, rows } = measured;
  const costs = unitCosts(measured);
  const sizes = targets.map((perSecond) => sizeFor(perSecond, costs, assumed));
  const limits = ceilings(costs, assumed);
  const [narrowest] = limits;
  const one = rows.find(({ workers }) => workers === 1);
  const doneByOne = one?.perSecond ?? Number.NaN;
  return page([
    '# Scaling',
    '<!-- Made by `npm run reference` from bench/workers.json; a test fails when it is stale. -->',
    'What one database with its workers does, measured, and what ten thousand and a million deliveries a second would need, on paper. How it is set up: [DEPLOYMENT.md](DEPLOYMENT.md).',
    '## Measured',
    `By ${code('npm run bench -- workers --keep')} on ${on.date}: Node ${on.node}, ${on.cores} cores, PostgreSQL ${on.version} on the same machine, ${on.isOnDisk ? 'which waits for its disk (`fsync`, `synchronous_commit`)' : 'which does not wait for its disk'}, ${loadInWords(on)}. A floor is the same rows, written and read by a loop that does nothing else. p50 and p99 are from the event to the provider, at 500 events a second, which is 1,000 deliveries.`,
    table(
      ['', 'deliveries a second', 'of the rounds', 'times its floor', 'p50', 'p99'],
      rows.map(({ name, perSecond, perSecondRange: [least, most], timesFloor, latencyMs }) => [
        name,
        whole(perSecond),
        `${whole(least)}–${whole(most)}`,
        timesFloor?.toFixed(1) ?? '',
        latencyMs ? `${whole(latencyMs.p50)} ms` : '',
        latencyMs ? `${whole(latencyMs.p99)} ms` : '',
      ]),
    ),
    moreWorkers(measured, doneByOne),
    '## What a delivery takes',
    'In a burst: microseconds of processor time, and what the server writes. A transaction holds many deliveries, the more the more there is to do.',
    table(
      [
        '',
        'worker',
        'publisher',
        'server',
        'WAL, bytes',
        'stored, bytes',
        'rows',
        'deliveries a transaction',
      ],
      rows
        .filter(({ costs: { walBytes } }) => walBytes !== undefined)
        .map(({ name, costs: each }) => [
          name,
          shown(each.workerMicros),
          shown(each.publisherMicros),
          shown(each.serverMicros),
          shown(each.walBytes),
          shown(each.storedBytes),
          each.rows?.toFixed(1) ?? '',
          each.transactions === undefined ? '' : whole(1 / each.transactions),
        ]),
    ),
    '## What is full first',
    `Of a database, one process is at work, which hands out and sends on one thread, and one session writes at a time ([ADR 0129](adr/0129-one-pen.md)). With cores enough for all of it, each part by itself could do so many deliveries a second; the disk is taken to write ${whole(assumed.walBytesPerSecond / 1e6)} MB a second of a log, and to say ${whole(assumed.flushesPerSecond)} times a second that it is safe:`,
    table(
      ['part of one database', 'deliveries a second, at most'],
      limits.map(({ part, perSecond }) => [part, rounded(perSecond)]),
    ),
    `So ${narrowest?.part} is full first. What was measured is ${percent(doneByOne / (narrowest?.perSecond ?? Number.NaN))} of that: there the worker, the publisher and the server shared ${on.cores} cores${isBusy(on) ? ' with other programs' : ''}.`,
    '## On paper',
    `From what a delivery takes with one worker. What goes beyond one database is sharded by customer: each shard is a deployment of its own, with its database, ${assumed.consumers} consumers (one works, one stands by) and an api; nothing in this repository routes a customer to a shard, and a change of price has to be published in each. Planned for is ${percent(assumed.share)} of what a part can do.`,
    table(
      ['deliveries a second', ...sizes.map(({ perSecond }) => whole(perSecond))],
      lines.map(([title, of]) => [title, ...sizes.map(of)]),
    ),
    `A database is not parted: the 64 partitions of one, each with a lock and a position of its own, are a design and not built. With them neither the worker’s thread nor the one session would be the limit, but the cores of the server. With ${partedCores} for each, ${sizes.map(({ perSecond }) => `${whole(perSecond)} a second would need ${whole(databasesIfParted(perSecond, costs, assumed, partedCores))}`).join(', ')}, at the same cost in processors.`,
    '## What is not in it',
    [
      '- Providers: channels captured what they were given. A real one is waited for, not reckoned, by a process that meanwhile does other things; how many it takes at once is its own limit.',
      '- The network between worker and server: they were on one machine. One writes at a time, and waits for an answer once or twice in a transaction ([ADR 0163](adr/0163-asked-ahead.md)): put workers next to their database all the same.',
      '- Pages that the server writes whole when they are touched for the first time behind a checkpoint. With ids in no order nearly every index page is one: reckon with several times the WAL, or with checkpoints far apart.',
      '- Replicas, which each receive the WAL, and archives, which keep it; vacuum, which reads what the ends of deliveries have left dead.',
      '- Commands over HTTP: the publisher published events. What a request costs there, `npm run bench` says.',
    ].join('\n'),
  ]);
}

function unitCosts({ rows }: WorkersFigures): UnitCosts {
  const row = rows.find(({ workers }) => workers === 1);
  const of = (name: keyof Costs): number => {
    const value = row?.costs[name];
    if (value === undefined) throw new Error(`bench/workers.json does not say ${name} of one worker`);
    return value;
  };
  return {
    workerMicros: of('workerMicros'),
    publisherMicros: of('publisherMicros'),
    serverMicros: of('serverMicros'),
    walBytes: of('walBytes'),
    storedBytes: of('storedBytes'),
    transactions: of('transactions'),
    processMb: row?.workerPeakMb ?? Number.NaN,
  };
}

/** By how much several workers differ from one. */
function moreWorkers({ rows }: WorkersFigures, doneByOne: number): string {
  const several = rows.filter(({ workers }) => workers !== null && workers > 1);
  const ratios = several.map(
    ({ perSecond, workers }) => `${workers} do ${(perSecond / doneByOne).toFixed(2)} times`,
  );
  return `More workers on one database are there to take over, and not to be faster: ${ratios.join(', ')} what one does.`;
}

const lines: readonly (readonly [string, (size: Size) => string])[] = [
  ['databases (shards by customer)', ({ databases }) => whole(databases)],
  ['consumers, of which one of each database works', ({ consumers }) => whole(consumers)],
  ['publishers (api processes)', ({ publishers }) => whole(publishers)],
  [
    'busy cores: workers, publishers, servers',
    ({ busyCores: { worker, publisher, server } }) => [worker, publisher, server].map(few).join(', '),
  ],
  ['cores to have', ({ cores }) => whole(cores)],
  ['memory, GB', ({ memoryGb }) => few(memoryGb)],
  ['WAL a second, MB', ({ walMbPerSecond }) => few(walMbPerSecond)],
  ['WAL a day, GB', ({ walGbPerDay }) => rounded(walGbPerDay)],
  ['stored a day, GB', ({ storedGbPerDay }) => rounded(storedGbPerDay)],
  ['sessions of one database', ({ sessions }) => whole(sessions)],
];

const isBusy = ({ cores, load }: WorkersFigures['on']): boolean => load > cores + 1;

const loadInWords = (on: WorkersFigures['on']): string =>
  isBusy(on)
    ? `with a load of ${on.load} when it began, so that a quiet machine does several times as much, and is sooner; ratios are rough, and processor times hold best`
    : `with a load of ${on.load} when it began`;

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const shown = (value: number | undefined): string => (value === undefined ? '' : whole(value));
const few = (value: number): string => (value < 10 ? value.toFixed(1) : whole(value));
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** To two places: what is reckoned is not known better. */
const rounded = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');

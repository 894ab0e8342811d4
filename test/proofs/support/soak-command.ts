import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type HandOverName, handOverNames } from '../../../src/api-driven/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../../../src/demo/help.ts';
import { plural } from '../../../src/report/index.ts';
import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  hasBus,
} from '../../../src/shop/world.ts';
import { checkTogetherSchedules } from '../two-workers/check.ts';
import { checkSchedules } from './check-schedules.ts';

const texts: HelpTexts = {
  examples: [
    ['soak', '1,000 schedules'],
    ['soak -- --schedules 100000 --seed 7', 'as many as you like'],
    ['soak -- --workers 2 --architecture pipeline', 'two workers on one datastore, interleaved by the seed'],
    ['soak -- --seed 42 --path 47', 'one that failed, as it was printed'],
    ['soak -- --processes --kills 200 --seed 13', 'real processes on PostgreSQL, killed at random moments'],
  ],
  notes: [
    'Where nothing but the process knows of an event (in-memory bus, api-driven), what is lost when it dies is counted and named as declared: no promise is broken by it.',
    'With --processes nothing is virtual: deployments of one, two and four consumers take orders over HTTP while workers, the api and a server of PostgreSQL (its programs are needed) die by kill -9. The seed says who and when; what they are at, time says.',
  ],
  exitCodes: '0 every promise was kept; 1 one was broken; 2 bad usage.',
};

interface Flags {
  readonly schedules: number;
  readonly seed: number;
  readonly path?: string;
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
  readonly handOver: HandOverName;
  readonly workers: '1' | '2';
  readonly processes?: true;
  readonly built?: true;
  readonly consumers?: number;
  readonly kills: number;
}

/** @param check Plays them; left out, as they are. */
export function soakCommand(exitWith: (code: number) => void, check = checkSchedules): Command {
  return withTexts(helpfulCommand('soak'), texts)
    .description(
      'Play seeded schedules of commands, faults, busy providers, repetitions, crashes and set clocks.',
    )
    .option('--schedules <n>', 'how many', countFromOne, 1000)
    .option('--seed <n>', 'of the schedules', wholeNumber, 1)
    .option('--path <path>', 'of one schedule, as a failure printed it: plays that one alone', pathOfOne)
    .addOption(
      new Option('--architecture <name>', 'which one').choices(architectureNames).default('event-sourced'),
    )
    .addOption(new Option('--bus <name>', 'on which bus').choices(busNames).default('durable'))
    .addOption(
      new Option('--hand-over <when>', 'when services that call the notifier do so')
        .choices(handOverNames)
        .default('after-commit'),
    )
    .addOption(
      new Option('--workers <n>', 'how many share the datastore; two play schedules of their own')
        .choices(['1', '2'])
        .default('1'),
    )
    .option('--processes', 'kill real processes instead, and judge by the provider’s journal')
    .option('--kills <n>', 'how many, with --processes', countFromOne, 200)
    .option(
      '--consumers <n>',
      'with --processes: of one deployment only, and not of 1, 2 and 4',
      countFromOne,
    )
    .option('--built', 'with --processes: run what `npm run build` has made, and not the sources')
    .action(async (flags: Flags, command: Command) =>
      exitWith(await (flags.processes ? runProcesses(flags, command) : run(flags, check))),
    );
}

async function run(
  { schedules, seed, path, architecture, bus, handOver, workers }: Flags,
  check: typeof checkSchedules,
): Promise<number> {
  let played = 0;
  let declared = 0;
  const startedMs = performance.now();
  const broken = await (workers === '2' ? checkTogetherSchedules : check)({
    architecture,
    bus,
    ...(!hasBus(architecture) && { handOver }),
    seed,
    runs: schedules,
    ...(path !== undefined && { path }),
    onSchedule: (declaredLost: readonly string[] = []) => {
      played++;
      declared += declaredLost.length;
      if (process.stderr.isTTY)
        process.stderr.write(`\r${played} of ${plural(path === undefined ? schedules : 1, 'schedule')}`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const perSecond = (played / (performance.now() - startedMs)) * 1000;
  process.stdout.write(
    `${plural(played, 'schedule')}, ${perSecond.toFixed(0)} a second, seed ${seed}, ${architecture}, ${bus} bus\n`,
  );
  process.stdout.write(
    broken === undefined ? `every promise was kept${but(declared)}\n` : `broken: ${broken}\n`,
  );
  return broken === undefined ? 0 : 1;
}

async function runProcesses({ kills, seed, built, consumers }: Flags, command: Command): Promise<number> {
  // Only whoever asks for it needs PostgreSQL.
  const { soakProcesses } = await import('../../distributed/random-kills/soak-processes.ts');
  const { packaged, sources } = await import('../../distributed/deployment.ts');
  const program = built ? packaged : sources;
  const missing = program.find((file) => file.endsWith('.js') && !existsSync(file));
  if (missing !== undefined) command.error(`error: there is no ${missing}: run \`npm run build\` first`);
  const isWell = await soakProcesses({
    kills,
    seed,
    ...(consumers !== undefined && { consumers }),
    program,
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
  });
  if (isWell) process.stdout.write('every promise was kept\n');
  return isWell ? 0 : 1;
}

/** What dies with a process where nobody else knows of it is no promise: see the architecture's divergences. */
const but = (declared: number): string =>
  declared === 0
    ? ''
    : `; lost with a process, as declared: ${plural(declared, 'notification or message', 'notifications or messages')}`;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Give a whole number.');
  return value;
}

function pathOfOne(text: string): string {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('Give what a failure printed, such as 47 or 47:1.');
}

function countFromOne(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return value;
}

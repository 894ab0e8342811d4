import { Command, InvalidArgumentError, Option } from 'commander';
import { refuseSwallowedFlags } from '../../src/demo/index.ts';
import { plural } from '../../src/report/index.ts';
import { type ArchitectureName, architectureNames, type BusName, busNames } from '../../src/shop/world.ts';
import { checkSchedules } from './support/check-schedules.ts';

const examples = `
Examples:
  npm run soak                                   1,000 schedules
  npm run soak -- --schedules 100000 --seed 7    as many as you like
  npm run soak -- --seed 42 --path 47            one that failed, as it was printed

Exit codes: 0 every promise was kept; 1 one was broken; 2 bad usage.`;

interface Flags {
  readonly schedules: number;
  readonly seed: number;
  readonly path?: string;
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
}

async function run({ schedules, seed, path, architecture, bus }: Flags): Promise<void> {
  let played = 0;
  const startedMs = performance.now();
  const broken = await checkSchedules({
    architecture,
    bus,
    seed,
    runs: schedules,
    ...(path !== undefined && { path }),
    onSchedule: () => {
      played++;
      if (process.stderr.isTTY)
        process.stderr.write(`\r${played} of ${plural(path === undefined ? schedules : 1, 'schedule')}`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const perSecond = (played / (performance.now() - startedMs)) * 1000;
  process.stdout.write(`${plural(played, 'schedule')}, ${perSecond.toFixed(0)} a second, seed ${seed}\n`);
  process.stdout.write(broken === undefined ? 'every promise was kept\n' : `broken: ${broken}\n`);
  process.exitCode = broken === undefined ? 0 : 1;
}

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

const command = new Command('npm run soak --')
  .description('Play seeded schedules of commands, faults, repetitions, crashes and jumps of the clock.')
  .option('--schedules <n>', 'how many', countFromOne, 1000)
  .option('--seed <n>', 'of the schedules', wholeNumber, 1)
  .option('--path <path>', 'of one schedule, as a failure printed it: plays that one alone', pathOfOne)
  .addOption(
    new Option('--architecture <name>', 'which one').choices(architectureNames).default('event-sourced'),
  )
  .addOption(new Option('--bus <name>', 'on which bus').choices(busNames).default('durable'))
  .addHelpText('after', examples)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(run);

refuseSwallowedFlags(command, 'soak');
await command.parseAsync();

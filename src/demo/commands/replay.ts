import { type Command, Option } from 'commander';
import type { HandOverName } from '../../api-driven/index.ts';
import { createLogger, InputError, type LogLevel } from '../../kernel/index.ts';
import {
  BadLineWriter,
  commandsPerSecond,
  type ReplayOptions,
  type ReplayResult,
  replay,
  replayDocument,
  type TimedReplay,
  totalsDocument,
} from '../../lab/replay/index.ts';
import { ProgressBar, type Terminal, terminalOf } from '../../report/index.ts';
import type { ArchitectureName, BusName } from '../../shop/index.ts';
import { listenForStop, withRealProviders } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import {
  architectureOption,
  busOption,
  dataOption,
  handOverOption,
  realProvidersHelp,
  seedOption,
} from './options.ts';
import { printDocument, printJson } from './print.ts';
import { remarkOnHandOver } from './remarks.ts';

const texts: HelpTexts = {
  examples: [
    ['replay -- history.ndjson'],
    ['replay -- history.ndjson --report deliveries.ndjson'],
    ['replay -- history.ndjson --data shop.db && npm run explain -- ORDER --data shop.db'],
    ['replay -- history.ndjson --data shop.db --bus durable', 'then Ctrl-C, and npm run resume'],
    ['replay -- history.ndjson --data shop.db --anew', 'from the start, after a kill'],
  ],
  notes: [realProvidersHelp],
  exitCodes: '0 done; 1 played, but lines were bad or deliveries lost; 2 bad usage or input.',
};

interface Flags {
  readonly report?: string;
  readonly strict?: boolean;
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
  readonly handOver: HandOverName;
  readonly data?: string;
  readonly anew?: boolean;
  readonly seed: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly log?: LogLevel;
}

/** `replay FILE`: plays a shop history and says who was told what. */
export function replayCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('replay'), texts)
    .argument('<file>', 'one command a line, as JSON, oldest first')
    .option('--report <file>', 'write one JSON line for each delivery that reached its end')
    .option('--strict', 'stop at the first bad line, and leave no report')
    .addOption(architectureOption())
    .addOption(busOption())
    .addOption(handOverOption())
    .addOption(
      dataOption('keep the datastore for explain, in a new file or in a database: postgres://user@host/name'),
    )
    .option('--anew', 'with --data: throw away the shop that it holds, as after an interrupted replay')
    .addOption(seedOption())
    .option('--json', 'print the summary as one JSON object')
    .option('--quiet', 'no progress and no table, only the totals')
    .addOption(new Option('--log <level>', 'log to stderr').choices(['debug', 'info', 'warn', 'error']))
    .action(async (file: string, flags: Flags, command: Command) => {
      if (flags.anew && flags.data === undefined)
        throw new InputError({ message: '--anew is of no use here', help: 'It goes with --data.' });
      remarkOnHandOver(command, flags);
      exitWith(await run(file, flags));
    });
}

async function run(file: string, flags: Flags): Promise<number> {
  const bar = new ProgressBar(flags.quiet ? { write: () => {} } : process.stderr);
  const badLines = new BadLineWriter(process.stderr, bar);
  const startedMs = performance.now();
  const stop = listenForStop();
  let result: ReplayResult;
  try {
    const options = await optionsOf(file, flags);
    result = await withRealProviders(stop.signal, (providers) =>
      replay({
        ...options,
        ...providers,
        signal: stop.signal,
        onProgress: (progress) => bar.update(progress),
        onBadLine: (badLine) => badLines.write(badLine),
      }),
    );
  } finally {
    stop.release();
    bar.clear();
    badLines.end();
  }
  const timed = { ...result, wallMs: performance.now() - startedMs };
  if (flags.json) printJson(plainOf(timed));
  else printDocument(flags.quiet ? totalsDocument(timed) : replayDocument(timed), unwrapped(process.stdout));
  return result.wasStopped || isFlawless(result) ? 0 : 1;
}

async function optionsOf(file: string, flags: Flags): Promise<ReplayOptions> {
  const { report, strict = false, architecture, bus, handOver, data, anew = false, seed, log } = flags;
  return {
    file,
    strict,
    anew,
    architecture,
    bus,
    handOver,
    seed,
    ...(report !== undefined && { report }),
    ...(data !== undefined && { data }),
    ...(log && { logger: await createLogger(log) }),
  };
}

/** In a pipe each notification stays on its line, for `grep`. */
function unwrapped(stream: NodeJS.WriteStream): Terminal {
  const terminal = terminalOf(stream);
  return stream.isTTY ? terminal : { ...terminal, width: Number.POSITIVE_INFINITY };
}

function plainOf({ fromMs, toMs, wallMs, ...result }: TimedReplay): object {
  const speed = commandsPerSecond({ ...result, wallMs });
  return { ...result, fromMs, toMs, wallMs: Math.round(wallMs), commandsPerSecond: speed };
}

/** A dead letter waits for a person, and nothing else may still wait. */
function isFlawless({ refused, unreadable, deadMessages, counts }: ReplayResult): boolean {
  return refused + unreadable + deadMessages + counts.deadLettered + counts.pending === 0;
}

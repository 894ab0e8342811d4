import { type Command, Option } from 'commander';
import { createLogger, InputError } from '../../kernel/index.ts';
import type { PipelineSettings } from '../../pipeline-runtime/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { catchInterruption } from '../requests/interruption.ts';
import { run } from '../requests/run.ts';
import { dataOption, positiveNumber, seedOption, share, wholeCount } from './options.ts';

const texts: HelpTexts = {
  examples: [
    ['pipeline', 'samples: what gets through, and what does not'],
    ['pipeline -- --file requests.csv', 'user_id,channels,message,priority; channels parted by |'],
    ['pipeline -- --file requests.json', '[{"userId": …, "channels": […], "message": …, "priority": …}]'],
    ['pipeline -- --interactive', "then: user_001 email,sms 'Your order shipped!' high"],
    ['pipeline -- --stress --count 2000', 'generated requests: how many a second, and how long each takes'],
    ['pipeline -- --stress --rate 500', 'the same at a steady rate, until all 200 are sent'],
  ],
  notes: [
    `Users are those of the sample shop (ada, ben, clara …) and user_001 to user_003, or, with --data, the
    customers of a datastore that \`npm run demo\` or \`npm run replay\` has kept; \`npm run status\`, \`dead-letters\` and \`explain\` with the same --data know of the requests then. Nothing leaves the process.`,
  ],
  exitCodes: '0 done; 1 ran, and some requests did not get through; 2 bad usage or input.',
};

interface Flags {
  readonly file?: string;
  readonly interactive?: boolean;
  readonly stress?: boolean;
  readonly count?: number;
  readonly rate?: number;
  readonly verbose?: boolean;
  readonly data?: string;
  readonly seed: number;
  readonly json?: boolean;
  readonly log?: 'json';
  readonly failureRate?: number;
  readonly failFirst?: number;
  readonly retryAttempts: number;
  readonly retryBaseDelay: number;
  readonly maxMessages?: number;
  readonly enqueueFailure?: 'fail' | 'retry' | 'store';
  readonly handlerFailure?: 'log' | 'store' | 'nack';
  readonly handlerTimeout?: number;
}

/** `npm run pipeline`: sends requests through the pipeline, and shows what became of each. */
export function pipelineCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('pipeline'), texts)
    .option('--file <file>', 'the requests of a .json or .csv file')
    .addOption(new Option('--interactive', 'requests as you type them').conflicts(['file', 'stress']))
    .addOption(new Option('--stress', 'generated requests').conflicts('file'))
    .option('--count <n>', 'with --stress: how many (default: 200)', positiveNumber)
    .option(
      '--rate <n>',
      'with --stress: how many a second (default: as fast as they get through)',
      positiveNumber,
    )
    .option('--verbose', 'with --stress: every request and delivery, too')
    .addOption(
      dataOption(
        'with --file or --interactive: a kept datastore, whose customers are the users; it keeps what becomes of the requests',
      ),
    )
    .addOption(seedOption())
    .option('--failure-rate <share>', 'what share of all sends fails, 0 to 1 (default: 0)', share)
    .option('--fail-first <n>', 'how many sends of each channel fail first (default: 0)', wholeCount)
    .option('--retry-attempts <n>', 'how often what failed is tried again', wholeCount, 3)
    .option(
      '--retry-base-delay <ms>',
      'the longest wait before the first of these; it doubles',
      wholeCount,
      1000,
    )
    .option('--max-messages <n>', 'so many messages may come of one request (default: 10000)', positiveNumber)
    .addOption(
      new Option('--enqueue-failure <mode>', 'when the bus does not take a message').choices([
        'fail',
        'retry',
        'store',
      ]),
    )
    .addOption(
      new Option('--handler-failure <mode>', 'when a stage fails for the last time').choices([
        'log',
        'store',
        'nack',
      ]),
    )
    .option('--handler-timeout <ms>', 'how long a stage may take (default: 30000)', positiveNumber)
    .option('--json', 'print the result as one JSON object')
    .addOption(new Option('--log <format>', 'log every step to stderr').choices(['json']))
    .action(async ({ data, ...flags }: Flags, command: Command) => {
      // Samples and generated requests have users of their own, wherever the shop is.
      const isOfNoUse =
        command.getOptionValueSource('data') === 'env' && flags.file === undefined && !flags.interactive;
      exitWith(await runWith({ ...flags, ...(data !== undefined && !isOfNoUse && { data }) }));
    });
}

function settingsOf(
  flags: Partial<Flags> & Pick<Flags, 'retryAttempts' | 'retryBaseDelay'>,
): PipelineSettings {
  const { retryAttempts, retryBaseDelay, maxMessages, enqueueFailure, handlerFailure, handlerTimeout } =
    flags;
  return {
    retryAttempts,
    handlerRetryAttempts: retryAttempts,
    retryBaseDelayMs: retryBaseDelay,
    // Providers are what fails here, and no stage has anybody to start it again.
    maxConsecutiveFailures: Number.MAX_SAFE_INTEGER,
    ...(maxMessages !== undefined && { maxMessages }),
    ...(enqueueFailure !== undefined && { onEnqueueFailure: enqueueFailure }),
    ...(handlerFailure !== undefined && { onHandlerFailure: handlerFailure }),
    ...(handlerTimeout !== undefined && { handlerTimeoutMs: handlerTimeout }),
  };
}

async function runWith({ stress, count, rate, log, ...flags }: Flags): Promise<number> {
  const ofStress = { '--count': count, '--rate': rate, '--verbose': flags.verbose };
  for (const [name, value] of Object.entries(ofStress)) {
    if (value === undefined || stress === true) continue;
    throw new InputError({ message: `${name} is of no use here`, help: 'It goes with --stress.' });
  }
  const interruption = catchInterruption();
  try {
    const isWell = await run({
      ...flags,
      settings: settingsOf(flags),
      ...(stress === true && { stress: count ?? 200, verbose: flags.verbose ?? false }),
      ...(rate !== undefined && { ratePerSecond: rate }),
      ...(log !== undefined && { logger: await createLogger('debug') }),
      streams: process,
      interruption: interruption.controller,
    });
    return isWell ? 0 : 1;
  } finally {
    interruption.release();
  }
}

import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { InputError } from '../../kernel/index.ts';
import { differenceToJson } from '../compare/shadow/json.ts';
import { areAlike, describeDifference, describeShadow } from '../compare/shadow/words.ts';
import { runShadow, type ShadowResult } from '../compare/shadow.ts';
import { ProgressBar } from '../replay/progress-bar.ts';
import { listenForStop } from '../stop-signal.ts';
import { terminalOf } from '../view/terminal.ts';
import { type ArchitectureName, architectureNames, type BusName, busNames } from '../world.ts';

export interface ShadowFlags {
  /** The history. */
  readonly shadow?: string;
  readonly architecture?: ArchitectureName;
  readonly against?: ArchitectureName;
  readonly bus?: BusName;
  readonly json?: boolean;
}

const nameOption = (flags: string, what: string): Option =>
  new Option(flags, `with --shadow: ${what}`).choices(architectureNames);

/** Adds `--shadow` and what goes with it to a command. */
export const addShadowOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--shadow <file>',
        'play a shop history on two architectures, and list what they decide otherwise',
      ).conflicts(['quick', 'markdown', 'html', 'check']),
    )
    .addOption(nameOption('--architecture <name>', 'the one that you have (default: event-sourced)'))
    .addOption(nameOption('--against <name>', 'the one that you think of (default: another)'))
    .addOption(new Option('--bus <name>', 'with --shadow: of both, where there is one').choices(busNames));

/**
 * The history to play; undefined when nothing of the kind is asked for.
 * @throws {InputError} what is asked for does not go together.
 */
export function shadowFileOf(
  scenarios: readonly string[],
  { shadow, architecture, against, bus }: ShadowFlags,
): string | undefined {
  if (shadow === undefined && [architecture, against, bus].some((flag) => flag !== undefined)) {
    const message = '--architecture, --against and --bus are of no use here';
    throw new InputError({ message, help: 'They go with --shadow.' });
  }
  if (shadow !== undefined && scenarios.length > 0) {
    const message = `--shadow plays a history, and not ${scenarios.join(', ')}`;
    throw new InputError({ message, help: 'Leave the scenarios out.' });
  }
  return shadow;
}

/** How finely progress is shown. */
const wholeBar = 1000;

/** `compare --shadow FILE`: two architectures on the same history, and each difference in what they decide. */
export async function compareShadow(file: string, flags: ShadowFlags): Promise<number> {
  const { architecture = 'event-sourced', bus = 'in-memory', json = false } = flags;
  const against = flags.against ?? architectureNames.find((name) => name !== architecture);
  if (against === undefined || against === architecture) {
    const message = `${architecture} would be compared with itself`;
    throw new InputError({ message, help: 'Name another one with --against.' });
  }
  const bar = new ProgressBar(process.stderr);
  const stop = listenForStop();
  const writer = json ? jsonWriter() : textWriter();
  try {
    const result = await runShadow({
      file,
      current: { architecture, bus },
      candidate: { architecture: against, bus },
      signal: stop.signal,
      onProgress(done) {
        if (done < 1) bar.update({ bytesRead: done * wholeBar, totalBytes: wholeBar });
        else bar.clear();
      },
      onBadLine({ lineNumber, error }) {
        bar.clear();
        process.stderr.write(`line ${lineNumber}: ${error.message}. ${error.help}\n`);
      },
      onDifference: (difference) => writer.difference(difference),
    });
    bar.clear();
    if (result === undefined) {
      process.stderr.write('stopped before the end of the history; nothing was compared\n');
      return 1;
    }
    await writer.end(result);
    return areAlike(result) ? 0 : 1;
  } finally {
    stop.release();
    bar.clear();
  }
}

/** Waits for a slow reader, since there may be more differences than fit into memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

interface Writer {
  difference(difference: Parameters<typeof describeDifference>[0]): Promise<void>;
  end(result: ShadowResult): Promise<void>;
}

function textWriter(): Writer {
  let isFirst = true;
  return {
    async difference(difference) {
      isFirst = false;
      await write(`${describeDifference(difference)}\n`);
    },
    async end(result) {
      const lines = describeShadow(result, terminalOf(process.stdout));
      await write(`${[...(isFirst ? [] : ['']), ...lines].join('\n')}\n`);
    },
  };
}

/** One object; the differences go by one at a time. */
function jsonWriter(): Writer {
  let isFirst = true;
  const opening = (): string => (isFirst ? '{"differences":[\n' : ',\n');
  return {
    async difference(difference) {
      await write(opening() + JSON.stringify(differenceToJson(difference)));
      isFirst = false;
    },
    async end({ current, candidate, refusals, differences: summary }) {
      const rest = JSON.stringify({ current, candidate, refusals, summary }, null, 2);
      await write(`${isFirst ? '{"differences":[' : '\n'}],${rest.slice(1)}\n`);
    },
  };
}

import { type Command, Option } from 'commander';
import { InputError } from '../../kernel/index.ts';
import { reportShadow } from '../../lab/comparison/index.ts';
import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  listenForStop,
} from '../../shop/index.ts';

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
      ).conflicts(['thorough', 'markdown', 'html', 'check', 'data']),
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

/** `compare --shadow FILE`: two architectures on the same history, and each difference in what they decide. */
export async function compareShadow(file: string, flags: ShadowFlags): Promise<number> {
  const { architecture = 'event-sourced', bus = 'in-memory', json = false } = flags;
  const against = flags.against ?? architectureNames.find((name) => name !== architecture);
  if (against === undefined || against === architecture) {
    const message = `${architecture} would be compared with itself`;
    throw new InputError({ message, help: 'Name another one with --against.' });
  }
  const stop = listenForStop();
  try {
    const areAlike = await reportShadow({
      file,
      current: { architecture, bus },
      candidate: { architecture: against, bus },
      signal: stop.signal,
      json,
      streams: process,
    });
    return areAlike ? 0 : 1;
  } finally {
    stop.release();
  }
}

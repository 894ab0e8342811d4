import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import type { HandOverName } from '../../api-driven/index.ts';
import type { Datastore } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import { type ResumeResult, resume, resumeDocument } from '../../operations/resume/index.ts';
import type { ArchitectureName, BusName } from '../../shop/index.ts';
import { listenForStop, openKeptDatastore, withRealProviders } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { architectureOption, busOption, dataOption, handOverOption, realProvidersHelp } from './options.ts';
import { printDocument, printJson } from './print.ts';
import { remarkOnHandOver } from './remarks.ts';

const texts: HelpTexts = {
  examples: [
    ['replay -- history.ndjson --data shop.db --bus durable', 'then Ctrl-C, or kill it at any moment'],
    ['resume -- --data shop.db'],
    ['resume -- --data shop.db --now', 'only what is due already'],
    ['resume -- --data shop.db --until 2026-03-03T08:00Z', 'a night later'],
  ],
  notes: [
    `The shop's time goes on where it stopped, and is moved until nothing waits any more. Events that were
    not handled are taken up where the shop ran with --bus durable; deliveries are in any case. What was in
    hand when the process ended may go out twice, under the same id.`,
    realProvidersHelp,
  ],
  exitCodes: '0 done; 1 something was given up, or is left over; 2 bad usage or input.',
};

interface Flags {
  readonly data: string;
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
  readonly handOver: HandOverName;
  readonly now?: boolean;
  readonly until?: number;
  readonly json?: boolean;
}

/** `npm run resume`: takes up what a process that was stopped, or killed, has left. */
export function resumeCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('resume'), texts)
    .addOption(dataOption().makeOptionMandatory())
    .addOption(architectureOption())
    .addOption(busOption().default('durable'))
    .addOption(handOverOption())
    .addOption(new Option('--now', "leave the shop's clock where it is").conflicts('until'))
    .option('--until <time>', "move the shop's clock as far as this: 2026-03-03T08:00Z", moment)
    .option('--json', 'print the result as one JSON object')
    .action(async (flags: Flags, command: Command) => {
      remarkOnHandOver(command, flags);
      exitWith(await run(flags));
    });
}

async function run({ data, json, ...flags }: Flags): Promise<number> {
  const datastore = await openKeptDatastore(data, 'change');
  const stop = listenForStop();
  try {
    const untilMs = await endOf(datastore, flags);
    const { architecture, bus, handOver } = flags;
    const result = await withRealProviders(stop.signal, (providers) =>
      resume({
        datastore,
        architecture,
        bus,
        handOver,
        ...providers,
        signal: stop.signal,
        ...(untilMs !== undefined && { untilMs }),
      }),
    );
    if (json) printJson(plainOf(result));
    else printDocument(resumeDocument(result));
    return isWell(result, { mayWait: untilMs !== undefined || result.wasStopped }) ? 0 : 1;
  } finally {
    stop.release();
    await datastore.close();
  }
}

/** How far the clock may be moved. */
async function endOf(
  { statistics }: Datastore,
  { now, until }: Pick<Flags, 'now' | 'until'>,
): Promise<number | undefined> {
  if (!now && until === undefined) return undefined;
  const stoppedMs = (await statistics.latestMs()) ?? 0;
  if (until === undefined || until >= stoppedMs) return until ?? stoppedMs;
  throw new InputError({
    message: `--until ${new Date(until).toISOString()} is before the shop's time, which is ${new Date(stoppedMs).toISOString()}`,
    help: 'Its clock does not go back; name a later time.',
  });
}

/** A dead letter waits for a person; and where the clock was free to go, nothing else may still wait. */
function isWell({ ends, deadMessages, after }: ResumeResult, { mayWait }: { mayWait: boolean }): boolean {
  const isAnythingDead = [...ends.values()].some(({ deadLettered }) => deadLettered > 0);
  return !isAnythingDead && deadMessages === 0 && (mayWait || after.pending === 0);
}

const plainOf = ({ fromMs, toMs, ends, ...result }: ResumeResult): object => ({
  fromMs,
  toMs,
  ends,
  ...result,
});

/** A day, or a moment with its zone: what has none would be another one on each machine. */
const momentSchema = z.union([
  z.iso.date(),
  z.iso.datetime({ offset: true }),
  z.iso.datetime({ offset: true, precision: -1 }),
]);

function moment(text: string): number {
  if (momentSchema.safeParse(text).success) return Date.parse(text);
  throw new InvalidArgumentError('Give a moment such as 2026-03-03T08:00Z.');
}

import type { HandOverName } from '../../api-driven/index.ts';
import type { Datastore, LedgerCounts } from '../../datastore/index.ts';
import type { Channel } from '../../delivery/index.ts';
import { type AppError, InputError, type Logger, type ReadingProgress } from '../../kernel/index.ts';
import { DomainError, execute } from '../../services/index.ts';
import type { ArchitectureName, BusName, World, WorldOptions } from '../../shop/index.ts';
import { type LimitAfterStop, limitAfterStop } from '../../shop/index.ts';
import { type HistoryCommand, readHistory } from './history/history.ts';
import { checkReportFile, writeReport } from './report-file.ts';
import { openEmpty, startWorld } from './start-world.ts';
import { type NotificationTally, tallyNotifications } from './tally.ts';

export interface ReplayOptions extends Pick<WorldOptions, 'admin'> {
  /** The shop history: one command a line, oldest first. */
  file: string;
  /** Where to write one line for each delivery that reached its end. Left out: nowhere. */
  report?: string;
  /** Stop at the first bad line. Default: report it and go on. */
  strict?: boolean;
  /** Default: `event-sourced`. */
  architecture?: ArchitectureName;
  /** Default: `in-memory`. */
  bus?: BusName;
  /** When services that call the notifier do so. Default: `after-commit`. */
  handOver?: HandOverName;
  /** A new file that keeps the datastore, for `explain`. Left out: memory. */
  data?: string;
  /** Whether a shop that `data` holds, such as an interrupted replay left it, is thrown away. Default: it is refused. */
  anew?: boolean;
  /** Of the ids. Default 1. */
  seed?: number;
  /** Beside the captured ones, or in place of one of that name. */
  channels?: readonly Channel[];
  logger?: Logger;
  /** Called for each line as it is read. */
  onProgress?: (progress: ReadingProgress) => void;
  /** Called for each bad line that is passed over. */
  onBadLine?: (line: BadLine) => void;
  /**
   * Once aborted, no more commands are taken: what is in hand is finished, what waits stays in the datastore,
   * and there is no report.
   */
  signal?: AbortSignal;
}

/** A line that holds no command, or a command that the shop refused. */
export interface BadLine {
  readonly lineNumber: number;
  readonly error: AppError;
}

export interface ReplayResult {
  /** Those that the shop took. */
  readonly commands: number;
  /** Commands that the shop refused. */
  readonly refused: number;
  /** Lines that hold no command. */
  readonly unreadable: number;
  /** The clock at the first command, and when nothing waited any more: milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the deliveries. */
  readonly counts: LedgerCounts;
  /** The same by notification, in the order of the catalogue. */
  readonly notifications: readonly NotificationTally[];
  /** Messages that a subscriber failed to handle. */
  readonly deadMessages: number;
  /** How many lines were written; undefined when no report was asked for, or it was stopped. */
  readonly reportLines: number | undefined;
  /** Whether it was stopped before the end of the history. */
  readonly wasStopped: boolean;
  /** The file that keeps the datastore; undefined where none does. */
  readonly data?: string | undefined;
}

/**
 * Plays a shop history in virtual time: what quiet hours or a rate limit hold back is delivered when its
 * time comes, in the end too. The same history and seed give the same report, to the byte.
 * @throws {InputError} a file cannot be used, or, when `strict`, a line is bad. No report is left then.
 * @throws {DatastoreUnavailableError} something could not be kept, and no report is left either.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  if (options.report !== undefined) await checkReportFile(options.report, [options.file, options.data]);
  const lineCounts = { commands: 0, refused: 0, unreadable: 0 };
  const passOver = (line: BadLine): void => {
    if (options.strict) throw atLine(line);
    options.onBadLine?.(line);
  };
  const { onProgress } = options;
  let world: World | undefined;
  let datastore: Datastore | undefined;
  let fromMs = 0;
  const inTime = limitAfterStop(options.signal);
  try {
    for await (const line of readHistory(options.file, onProgress && { onProgress })) {
      if (line.error !== undefined) {
        lineCounts.unreadable++;
        passOver(line);
        continue;
      }
      if (world === undefined) {
        fromMs = line.atMs;
        datastore = await openEmpty(options.data, options.anew);
        world = await startWorld(options, datastore, fromMs);
      }
      const refusal = await inTime(give(world, line));
      if (refusal === undefined) {
        lineCounts.commands++;
      } else {
        lineCounts.refused++;
        passOver({ lineNumber: line.lineNumber, error: refusal });
      }
      if (options.signal?.aborted) break;
    }
    if (world === undefined) throw new Error('a history without a command is refused by its reader');
    return { ...lineCounts, fromMs, ...(await conclude(world, inTime, options)) };
  } finally {
    try {
      if (world !== undefined) await inTime(world.close());
    } finally {
      await datastore?.close();
    }
  }
}

/**
 * Gives one command at its time, and answers with the shop's refusal, if any. What it led to is finished
 * before the next: carts and orders are read when customers are told, and must be those of that moment.
 */
async function give(world: World, { atMs, command }: HistoryCommand): Promise<DomainError | undefined> {
  await world.advanceTo(atMs);
  try {
    await world.during(execute(world.architecture.services, command));
  } catch (thrown) {
    if (thrown instanceof DomainError) return thrown;
    throw thrown;
  }
  await world.architecture.settle();
  return undefined;
}

async function conclude(world: World, inTime: LimitAfterStop, { report, signal, data }: ReplayOptions) {
  const { clock, bus, datastore } = world;
  const { ledger } = datastore;
  if (!signal?.aborted) await inTime(world.finish());
  const wasStopped = signal?.aborted === true;
  // What is in hand is finished before it is counted.
  if (wasStopped) await inTime(world.close());
  return {
    toMs: clock.now(),
    counts: await ledger.counts(),
    notifications: await tallyNotifications(ledger),
    deadMessages: (await bus.deadLetters()).length,
    reportLines: report === undefined || wasStopped ? undefined : await writeReport(report, ledger),
    wasStopped,
    data,
  };
}

const atLine = ({ lineNumber, error }: BadLine): InputError =>
  new InputError({ message: `line ${lineNumber}: ${error.message}`, help: error.help, cause: error });

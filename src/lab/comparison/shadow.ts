import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerCounts, openDatastore } from '../../datastore/index.ts';
import { type ArchitectureName, type BusName, hasBus } from '../../shop/index.ts';
import { type BadLine, type ReplayOptions, type ReplayResult, replay } from '../replay/index.ts';
import { compareLedgers } from './shadow/compare-ledgers.ts';
import type { DeliveryDifference, RefusalDifference } from './shadow/difference.ts';
import { Refusals } from './shadow/refusals.ts';
import { type DifferenceSummary, DifferenceTally } from './shadow/summary.ts';

/** One of the two shops. */
export type ShadowSide = Pick<ReplayOptions, 'channels'> & {
  architecture: ArchitectureName;
  /** Default: `in-memory`. */
  bus?: BusName;
};

export interface ShadowOptions extends Pick<ReplayOptions, 'file' | 'seed' | 'signal'> {
  /** The shop as it is. */
  current: ShadowSide;
  /** The shop as it might be. */
  candidate: ShadowSide;
  /** Told of each delivery that they do not decide alike, once both have played the whole history. */
  onDifference: (difference: DeliveryDifference) => void | Promise<void>;
  /** Told of each line that the current one passed over. */
  onBadLine?: (line: BadLine) => void;
  /** How far the history has been played, of 0 to 1; it is played twice. */
  onProgress?: (done: number) => void;
}

/** What one of the two did. */
export interface ShadowRun {
  readonly architecture: string;
  /** Null where nothing flows on a bus. */
  readonly bus: string | null;
  /** Commands that the shop took, and that it refused. */
  readonly commands: number;
  readonly refused: number;
  /** Lines that hold no command. */
  readonly unreadable: number;
  readonly deliveries: LedgerCounts;
  /** Messages that a subscriber failed to handle. */
  readonly deadMessages: number;
}

export interface ShadowResult {
  readonly current: ShadowRun;
  readonly candidate: ShadowRun;
  readonly differences: DifferenceSummary;
  /** Lines of the history that one took and the other did not, or for another reason. */
  readonly refusals: readonly RefusalDifference[];
}

/**
 * Plays a shop history on two architectures, and finds every delivery about which they do not decide alike:
 * whether it is sent, why not, when it ends, what it says. The datastores are files of a temporary folder, so that
 * memory does not grow with the history, but for the ids of customers and the numbers of bad lines.
 * @returns undefined when `signal` was aborted before both had played it.
 * @throws {InputError} the history cannot be used.
 */
export async function runShadow(options: ShadowOptions): Promise<ShadowResult | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'shadow-'));
  const cleanUp = (): void => rmSync(folder, { recursive: true, force: true });
  // A reader of the output that has seen enough ends the process at once.
  process.once('exit', cleanUp);
  try {
    return await compareIn(folder, options);
  } finally {
    process.off('exit', cleanUp);
    cleanUp();
  }
}

async function compareIn(folder: string, options: ShadowOptions): Promise<ShadowResult | undefined> {
  const { current, candidate, onBadLine, onProgress, onDifference } = options;
  const refusals = new Refusals();
  const files = { current: join(folder, 'current.db'), candidate: join(folder, 'candidate.db') };
  const first = await play(options, current, {
    data: files.current,
    onProgress: (done) => onProgress?.(done / 2),
    onBadLine(line) {
      refusals.ofCurrent(line);
      onBadLine?.(line);
    },
  });
  if (first.wasStopped) return undefined;
  const second = await play(options, candidate, {
    data: files.candidate,
    onProgress: (done) => onProgress?.((1 + done) / 2),
    onBadLine: (line) => refusals.ofCandidate(line),
  });
  if (second.wasStopped) return undefined;
  const tally = new DifferenceTally();
  for await (const difference of differencesBetween(files)) {
    tally.add(difference);
    await onDifference(difference);
  }
  return {
    current: runOf(current, first),
    candidate: runOf(candidate, second),
    differences: tally.summary(),
    refusals: refusals.differences(),
  };
}

interface Play {
  readonly data: string;
  readonly onProgress: (done: number) => void;
  readonly onBadLine: (line: BadLine) => void;
}

function play(
  { file, seed, signal }: ShadowOptions,
  side: ShadowSide,
  { onProgress, ...rest }: Play,
): Promise<ReplayResult> {
  return replay({
    file,
    ...side,
    ...rest,
    ...(seed !== undefined && { seed }),
    ...(signal && { signal }),
    onProgress: ({ bytesRead, totalBytes }) => onProgress(totalBytes > 0 ? bytesRead / totalBytes : 0),
  });
}

async function* differencesBetween(files: { current: string; candidate: string }) {
  const current = openDatastore({ file: files.current });
  const candidate = openDatastore({ file: files.candidate });
  try {
    yield* compareLedgers({ current: current.ledger, candidate: candidate.ledger });
  } finally {
    await current.close();
    await candidate.close();
  }
}

const runOf = ({ architecture, bus = 'in-memory' }: ShadowSide, result: ReplayResult): ShadowRun => ({
  architecture,
  bus: hasBus(architecture) ? bus : null,
  commands: result.commands,
  refused: result.refused,
  unreadable: result.unreadable,
  deliveries: result.counts,
  deadMessages: result.deadMessages,
});

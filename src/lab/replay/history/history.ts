import {
  AppError,
  type Line,
  LostLinesError,
  noCommands,
  type ReadingProgress,
  readChunks,
  sizeOf,
  splitLines,
} from '../../../kernel/index.ts';
import { type DatedCommand, HistoryLineError, parseHistoryLine } from './history-line.ts';

/** One line of a history: a command and when it was given, or what is wrong with the line. */
export type HistoryLine = HistoryCommand | BadHistoryLine;

export interface HistoryCommand extends DatedCommand {
  /** Counted from 1, blank lines too. */
  readonly lineNumber: number;
  readonly error?: never;
}

export interface BadHistoryLine {
  readonly lineNumber: number;
  /** A {@link HistoryLineError} or, when the command itself is wrong, a {@link DomainError}. */
  readonly error: AppError;
}

export interface ReadHistoryOptions {
  /** Called for each line before it is handed out. */
  onProgress?: (progress: ReadingProgress) => void;
}

/** Longer lines are bad lines: no command comes near. */
const maxLineBytes = 2 ** 20;

/**
 * Reads a shop history: UTF-8, one JSON object a line, oldest first. Blank lines are passed over; a bad
 * line is handed out with its error, so that the caller decides whether to go on. The file is read no
 * faster than the lines are taken, and takes the memory of a chunk and a line, however long it is.
 * @throws {InputError} when the file cannot be read, or at its end when it held no command at all.
 */
export async function* readHistory(
  file: string,
  { onProgress }: ReadHistoryOptions = {},
): AsyncGenerator<HistoryLine, void, undefined> {
  const totalBytes = await sizeOf(file);
  let latest: HistoryCommand | undefined;
  const count = { lines: 0, blank: 0, commands: 0, bad: 0 };

  for await (const line of splitLines(readChunks(file), maxLineBytes)) {
    onProgress?.({ bytesRead: line.endByte, totalBytes });
    count.lines = line.number;
    if (line.bytes !== null && isBlank(line.bytes)) {
      count.blank++;
      continue;
    }
    const parsed = parseLine(line, latest);
    if (parsed.error === undefined) {
      latest = parsed;
      count.commands++;
    } else count.bad++;
    yield parsed;
  }
  if (latest === undefined) throw noCommands(file, count.bad);
  if (count.commands + count.bad + count.blank !== count.lines) throw new LostLinesError(file, count.lines);
}

function parseLine({ number: lineNumber, bytes }: Line, previous: HistoryCommand | undefined): HistoryLine {
  try {
    if (bytes === null) throw tooLong();
    const dated = parseHistoryLine(bytes);
    if (previous !== undefined && dated.atMs < previous.atMs) throw notInOrder(dated, previous);
    return { lineNumber, ...dated };
  } catch (thrown) {
    if (thrown instanceof AppError) return { lineNumber, error: thrown };
    throw thrown;
  }
}

/** Space, tab and carriage return: nothing that anybody sees. */
const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

const tooLong = (): HistoryLineError =>
  new HistoryLineError(
    'line_too_long',
    'the line is longer than 1 MiB',
    'Write one command a line, with a line end behind it.',
  );

function notInOrder(dated: DatedCommand, previous: HistoryCommand): HistoryLineError {
  const [at, previousAt] = [dated, previous].map(({ atMs }) => new Date(atMs).toISOString());
  return new HistoryLineError(
    'not_in_order',
    `at ${at} is earlier than line ${previous.lineNumber}, at ${previousAt}`,
    'The history must be oldest first: sort it by date.',
  );
}

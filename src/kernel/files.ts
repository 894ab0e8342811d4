import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InputError } from './errors.ts';
import { quote } from './quote.ts';

const longestPath = 4096;

/** How much of a file has been read. */
export interface ReadingProgress {
  readonly bytesRead: number;
  /** Of the file when reading began; 0 for a pipe, whose length nobody knows. */
  readonly totalBytes: number;
}

/** @throws {InputError} when there is no such file, or it is a directory. */
export async function sizeOf(file: string): Promise<number> {
  try {
    const stats = await stat(file);
    if (!stats.isDirectory()) return stats.size;
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
  throw new InputError({
    message: `${quote(file, longestPath)} is a directory`,
    help: 'Name a history file, which has one command a line.',
  });
}

/** The bytes of a file of text. @throws {InputError} when it cannot be read, or is in UTF-16 or UTF-32. */
export async function* readChunks(file: string): AsyncGenerator<Buffer, void, undefined> {
  let isFirst = true;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      if (isFirst) refuseWideCharacters(file, chunk);
      isFirst = false;
      yield chunk;
    }
  } catch (thrown) {
    throw thrown instanceof InputError ? thrown : unreadable(file, thrown);
  }
}

/** So that it is named as what it is, and not each of its lines as garbled. */
function refuseWideCharacters(file: string, beginning: Buffer): void {
  const encoding = wideEncodingOf(beginning.subarray(0, 64));
  if (encoding === undefined) return;
  throw new InputError({
    message: `${quote(file, longestPath)} is in ${encoding}`,
    help: 'Save it as UTF-8.',
  });
}

/** By its byte order mark; without one by its zero bytes, of which text in ASCII has one or three beside each letter. */
function wideEncodingOf(bytes: Buffer): 'UTF-16' | 'UTF-32' | undefined {
  const mark = bytes.subarray(0, 4).toString('hex');
  if (mark === 'fffe0000' || mark === '0000feff') return 'UTF-32';
  if (mark.startsWith('fffe') || mark.startsWith('feff')) return 'UTF-16';
  const zeros = bytes.filter((byte) => byte === 0).length;
  if (bytes.length < 4 || zeros * 3 < bytes.length) return undefined;
  return zeros * 3 >= bytes.length * 2 ? 'UTF-32' : 'UTF-16';
}

/** Why a file cannot be read, for one who named it on a command line. */
export function unreadable(file: string, thrown: unknown): InputError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
  if (code === 'ENOENT') {
    return new InputError({
      message: `there is no file ${quote(file, longestPath)}`,
      help: 'Check the path.',
      cause: thrown,
    });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new InputError({
      message: `${quote(file, longestPath)} may not be read`,
      help: 'Check its permissions.',
      cause: thrown,
    });
  }
  return new InputError({
    message: `${quote(file, longestPath)} cannot be read (${code})`,
    help: 'Check the path and the disk.',
    cause: thrown,
  });
}

/** Lines of a file came to nothing, neither used nor complained of: a mistake of this program. */
export class LostLinesError extends Error {
  override readonly name = 'LostLinesError';

  constructor(file: string, lines: number) {
    super(`not every line of ${quote(file, longestPath)} was accounted for (${lines})`);
  }
}

/** A file of which no line is a command: empty, or not a history at all. */
export function noCommands(file: string, badLines: number): InputError {
  return new InputError({
    message:
      badLines === 0
        ? `${quote(file, longestPath)} is empty`
        : `${quote(file, longestPath)} holds no command, only bad lines (${badLines})`,
    help: 'Write one command a line: {"at":"2016-05-01T09:12:00Z","service":…,"command":…,"data":{…}}.',
  });
}

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

/** The file's bytes. @throws {InputError} when it cannot be read. */
export async function* readChunks(file: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* createReadStream(file) as AsyncIterable<Buffer>;
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
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

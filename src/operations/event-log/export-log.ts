import { open, rename, rm, stat } from 'node:fs/promises';
import type { Datastore } from '../../datastore/index.ts';
import { toCloudEvent } from '../../events/index.ts';
import { InputError, messageOf } from '../../kernel/index.ts';
import { type LogFilter, readLog } from './read-log.ts';

/** The log as CloudEvents in JSON, one a line, each in the version in which it was written. */
export async function* exportedLines(
  datastore: Pick<Datastore, 'consumption'>,
  filter: LogFilter = {},
): AsyncGenerator<string> {
  for await (const { message } of readLog(datastore, filter))
    yield `${JSON.stringify(toCloudEvent(message))}\n`;
}

/**
 * Writes them to `file`. Whoever reads it sees what was there before or all of it.
 * @returns how many.
 * @throws {InputError} it cannot be written; nothing is left behind.
 */
export async function exportLog(
  datastore: Pick<Datastore, 'consumption'>,
  file: string,
  filter: LogFilter = {},
): Promise<number> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    if ((await stat(file).catch(() => undefined))?.isDirectory()) throw unwritable(file, 'it is a directory');
    const count = await write(unfinished, exportedLines(datastore, filter));
    await rename(unfinished, file);
    return count;
  } catch (thrown) {
    await rm(unfinished, { force: true });
    const isOfFile = thrown instanceof Error && 'path' in thrown;
    throw isOfFile ? unwritable(file, messageOf(thrown)) : thrown;
  }
}

async function write(file: string, lines: AsyncIterable<string>): Promise<number> {
  const handle = await open(file, 'wx');
  let count = 0;
  try {
    let held = '';
    for await (const line of lines) {
      held += line;
      count++;
      if (held.length < 2 ** 16) continue;
      await handle.appendFile(held);
      held = '';
    }
    await handle.appendFile(held);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return count;
}

const unwritable = (file: string, why: string): InputError =>
  new InputError({
    message: `cannot write the log to ${JSON.stringify(file)}: ${why}`,
    help: 'Name a file in a folder that may be written.',
  });

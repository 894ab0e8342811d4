import { extname } from 'node:path';
import { InputError } from '../../kernel/index.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import type { RequestEntry } from './request-entry.ts';

/**
 * The requests of a file, which its name says is JSON or CSV, in their order.
 * @throws {InputError} when the file cannot be used; at its end, when there was nothing in it.
 */
export async function* readRequests(file: string): AsyncGenerator<RequestEntry> {
  let isEmpty = true;
  for await (const entry of readerFor(file)) {
    isEmpty = false;
    yield entry;
  }
  if (isEmpty) {
    throw new InputError({ message: `${JSON.stringify(file)} holds no request`, help: 'Write one or more.' });
  }
}

function readerFor(file: string): AsyncGenerator<RequestEntry> {
  const ending = extname(file).toLowerCase();
  if (ending === '.csv') return readCsv(file);
  if (ending === '.json') return readJson(file);
  throw new InputError({
    message: `${JSON.stringify(file)} is called neither .json nor .csv`,
    help: 'Name it after what is in it.',
  });
}

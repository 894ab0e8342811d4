import { statSync } from 'node:fs';
import { type CsvRecord, csvRecords, InputError, readChunks } from '../../kernel/index.ts';
import type { RequestEntry } from './request-entry.ts';

const columns = ['user_id', 'channels', 'message', 'priority'] as const;

/** Where each column stands. */
type Header = Readonly<Record<(typeof columns)[number], number>> & { readonly width: number };

/**
 * The requests of a CSV file with the columns `user_id`, `channels` (parted by `|`), `message` and `priority`
 * (empty: normal), in any order and among others. A bad row is handed out with what is wrong with it.
 * @throws {InputError} when the file cannot be read, or lacks a column.
 */
export async function* readCsv(file: string): AsyncGenerator<RequestEntry> {
  let header: Header | undefined;
  let bytesRead = 0;
  const bytes = statSync(file, { throwIfNoEntry: false })?.size || Number.POSITIVE_INFINITY;
  const count = (chunk: Buffer): void => {
    bytesRead += chunk.length;
  };
  const isRow = (cells: readonly string[]): boolean => header !== undefined && looksLikeRow(cells, header);
  for await (const record of csvRecords(watched(readChunks(file), count), { isRow })) {
    if (header === undefined) header = headerOf(record, file);
    else yield { ...entryOf(record, header), share: bytesRead / bytes };
  }
}

async function* watched(
  chunks: AsyncIterable<Buffer>,
  watch: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    watch(chunk);
    yield chunk;
  }
}

function headerOf({ cells = [] }: CsvRecord, file: string): Header {
  const names = cells.map((name) => name.toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new InputError({
      message: `${JSON.stringify(file)} lacks the column ${missing.join(', ')} in its first row`,
      help: `Begin it with ${columns.join()} in UTF-8, parted by commas.`,
    });
  }
  const repeated = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (repeated !== undefined) {
    throw new InputError({
      message: `${JSON.stringify(file)} has the column ${repeated} twice in its first row`,
      help: 'Leave one of them, or give the other another name.',
    });
  }
  const [user_id = 0, channels = 0, message = 0, priority = 0] = columns.map((name) => names.indexOf(name));
  return { user_id, channels, message, priority, width: names.length };
}

/** As many columns as the first row, a user without a space, and channels that are words. */
const looksLikeRow = (cells: readonly string[], header: Header): boolean =>
  cells.length === header.width &&
  /^\S+$/.test(cells[header.user_id] ?? '') &&
  /^[\w-]+(\s*\|\s*[\w-]+)*$/.test(cells[header.channels] ?? '');

function entryOf({ line, cells, problem }: CsvRecord, header: Header): RequestEntry {
  const place = `line ${line}`;
  if (problem !== undefined) return { place, problem };
  if (cells.length !== header.width) {
    const help = cells.length > header.width ? '; put quotes around a text with a comma' : '';
    return { place, problem: `it has ${cells.length} columns and the first row ${header.width}${help}` };
  }
  const cell = (column: (typeof columns)[number]): string => cells[header[column]] ?? '';
  const request = {
    userId: cell('user_id'),
    channels: partsOf(cell('channels'), '|'),
    message: cell('message'),
    priority: cell('priority') || 'normal',
  };
  return { place, request };
}

const partsOf = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

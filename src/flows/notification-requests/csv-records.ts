import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { type Line, splitLines } from '../../kernel/index.ts';

/** One record of a CSV file, or why there is none. */
export type CsvRecord =
  | { readonly line: number; readonly cells: readonly string[]; readonly problem?: never }
  | { readonly line: number; readonly cells?: never; readonly problem: string };

const maxLineBytes = 2 ** 20;
/** How far the end of a quoted text is looked for, so that one quote too many does not swallow the file. */
const maxRecordLines = 100;

/**
 * The records of a CSV file (RFC 4180: commas, and quotes that are doubled inside quotes), with the line on
 * which each begins. Of a record that is broken only the first line counts as broken: reading goes on
 * behind it. Takes the memory of a few lines, however long the file is.
 */
export async function* csvRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  const lines = new LineSource(splitLines(chunks, maxLineBytes));
  for (let first = await lines.take(); first !== undefined; first = await lines.take()) {
    const line = first.number;
    const text = textOf(first);
    if (text === undefined) {
      const problem = first.bytes === null ? 'the line is longer than 1 MiB' : 'the line is not UTF-8';
      yield { line, problem };
    } else if (text.trim() !== '') {
      yield hasOpenQuote(text) ? await multiline(first, text, lines) : recordOf(line, text);
    }
  }
}

/** A record that goes on behind its first line. */
async function multiline(first: Line, start: string, lines: LineSource): Promise<CsvRecord> {
  const taken: Line[] = [];
  let text = start;
  while (taken.length < maxRecordLines && hasOpenQuote(text)) {
    const line = await lines.take();
    if (line === undefined) break;
    taken.push(line);
    const more = textOf(line);
    if (more === undefined) break;
    text += `\n${more}`;
  }
  const record = hasOpenQuote(text)
    ? { line: first.number, problem: 'a quote is opened and never closed' }
    : recordOf(first.number, text);
  if (record.problem !== undefined) lines.giveBack(taken);
  return record;
}

function recordOf(line: number, text: string): CsvRecord {
  try {
    const [cells = []] = parse(text, { relax_column_count: true, trim: true });
    return { line, cells };
  } catch {
    return { line, problem: 'a quote is out of place; quote the whole text, and double the quotes inside' };
  }
}

const hasOpenQuote = (text: string): boolean => text.split('"').length % 2 === 0;

const textOf = ({ bytes }: Line): string | undefined =>
  bytes === null || !isUtf8(bytes) ? undefined : bytes.toString('utf8');

/** Lines, of which some may be given back. */
class LineSource {
  readonly #lines: AsyncGenerator<Line>;
  #returned: Line[] = [];

  constructor(lines: AsyncGenerator<Line>) {
    this.#lines = lines;
  }

  async take(): Promise<Line | undefined> {
    const returned = this.#returned.shift();
    if (returned !== undefined) return returned;
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  giveBack(lines: readonly Line[]): void {
    this.#returned = [...lines, ...this.#returned];
  }
}

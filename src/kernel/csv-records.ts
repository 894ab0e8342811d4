import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { LostLinesError } from './files.ts';
import { type Line, splitLines } from './lines.ts';

/** One record of a CSV file, or why there is none. */
export type CsvRecord =
  | { readonly line: number; readonly cells: readonly string[]; readonly problem?: never }
  | { readonly line: number; readonly cells?: never; readonly problem: string };

export interface CsvOptions {
  /** Whether a line inside a quoted text looks like a row of its own, of which the quote was not meant to be part. */
  isRow?(cells: readonly string[]): boolean;
}

const maxLineBytes = 2 ** 20;
/** How far the end of a quoted text is looked for, so that one quote too many does not swallow the file. */
const maxRecordLines = 100;
const outOfPlace = 'a quote is out of place; quote the whole text, and double the quotes inside';

/**
 * The records of a CSV file (RFC 4180: commas, and quotes that are doubled inside quotes), with the line on
 * which each begins. Of a record that is broken only the first line counts as broken: reading goes on
 * behind it. Takes the memory of a few lines, however long the file is.
 * @throws {Error} when a line came to nothing, neither a part of a record nor a problem.
 */
export async function* csvRecords(
  chunks: AsyncIterable<Buffer>,
  { isRow = () => false }: CsvOptions = {},
): AsyncGenerator<CsvRecord> {
  const lines = new LineSource(splitLines(chunks, maxLineBytes));
  let accounted = 0;
  for (let first = await lines.take(); first !== undefined; first = await lines.take()) {
    const { record, lineCount } = await recordFrom(first, lines, isRow);
    accounted += lineCount;
    if (record !== null) yield record;
  }
  if (accounted !== lines.count) throw new LostLinesError('the CSV file', lines.count);
}

interface Taken {
  /** Null for a blank line. */
  readonly record: CsvRecord | null;
  readonly lineCount: number;
}

async function recordFrom(
  first: Line,
  lines: LineSource,
  isRow: NonNullable<CsvOptions['isRow']>,
): Promise<Taken> {
  const line = first.number;
  const text = textOf(first);
  if (text === undefined) return { record: { line, problem: problemOf(first) }, lineCount: 1 };
  if (text.trim() === '') return { record: null, lineCount: 1 };
  if (!hasOpenQuote(text)) return { record: recordOf(line, text), lineCount: 1 };

  const more = await restOf(text, lines);
  const swallowed = more.find((each) => isRow(recordOf(each.number, textOf(each) ?? '').cells ?? []));
  const whole = [text, ...more.map(textOf)];
  const record = whole.includes(undefined)
    ? { line, problem: 'a quote is opened and never closed' }
    : recordOf(line, whole.join('\n'));
  if (record.problem === undefined && swallowed === undefined) return { record, lineCount: 1 + more.length };
  lines.giveBack(more);
  const problem =
    record.problem ?? `a quote is opened, and the row in line ${swallowed?.number} stands inside it`;
  return { record: { line, problem }, lineCount: 1 };
}

/** The lines that a record goes on in, up to where its quotes are closed. */
async function restOf(start: string, lines: LineSource): Promise<Line[]> {
  const taken: Line[] = [];
  let isOpen = hasOpenQuote(start);
  while (isOpen && taken.length < maxRecordLines) {
    const line = await lines.take();
    if (line === undefined) break;
    taken.push(line);
    const more = textOf(line);
    if (more === undefined) break;
    if (hasOpenQuote(more)) isOpen = false;
  }
  return taken;
}

function recordOf(line: number, text: string): CsvRecord {
  if (hasOpenQuote(text)) return { line, problem: 'a quote is opened and never closed' };
  try {
    const records = parse(text, { relax_column_count: true, trim: true, record_delimiter: '\n' });
    const [cells] = records;
    return records.length === 1 && cells !== undefined ? { line, cells } : { line, problem: outOfPlace };
  } catch {
    return { line, problem: outOfPlace };
  }
}

const hasOpenQuote = (text: string): boolean => text.split('"').length % 2 === 0;

/** Nothing, of a line that is no text. */
const textOf = ({ bytes }: Line): string | undefined =>
  bytes === null || !isUtf8(bytes) || bytes.includes(0) ? undefined : bytes.toString('utf8');

function problemOf({ bytes }: Line): string {
  if (bytes === null) return 'the line is longer than 1 MiB';
  return isUtf8(bytes) ? 'the line holds a zero byte' : 'the line is not UTF-8';
}

/** Lines, of which some may be given back. */
class LineSource {
  readonly #lines: AsyncGenerator<Line>;
  #returned: Line[] = [];
  /** How many the file had so far. */
  count = 0;

  constructor(lines: AsyncGenerator<Line>) {
    this.#lines = lines;
  }

  async take(): Promise<Line | undefined> {
    const returned = this.#returned.shift();
    if (returned !== undefined) return returned;
    const { value, done } = await this.#lines.next();
    if (done) return undefined;
    this.count = value.number;
    return value;
  }

  giveBack(lines: readonly Line[]): void {
    this.#returned = [...lines, ...this.#returned];
  }
}

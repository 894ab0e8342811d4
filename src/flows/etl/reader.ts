import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { InputError, type Line, quote, splitLines } from '../../kernel/index.ts';
import { columns } from './columns.ts';
import type { Source } from './source.ts';

/** How far a source has been read. */
export interface Watermark {
  readonly line: number;
  readonly byte: number;
  /** Of all lines up to here, whatever ends them. */
  readonly digest: string;
}

/** A line that is not blank, as it stands: its fields in the order of the columns, or why it has none. */
export interface Raw {
  readonly line: number;
  /** Empty where it is too long, or no text. */
  readonly raw: string;
  readonly fields: readonly string[];
  readonly problem: string | null;
}

export interface Page {
  readonly records: readonly Raw[];
  readonly watermark: Watermark;
}

const maxLineBytes = 4096;

/** Reads a source from a watermark on, page by page. It holds one chunk of it and one page. */
export class SourceReader {
  readonly #lines: AsyncGenerator<Line>;
  readonly #source: Source;
  readonly #hash = createHash('sha256');
  #places: readonly number[] | undefined;
  #width = 0;
  #at = { line: 0, byte: 0 };

  private constructor(source: Source) {
    this.#source = source;
    this.#lines = splitLines(source.bytes(), maxLineBytes);
  }

  /**
   * Goes to the watermark; undefined: stays behind the names of the columns.
   * @throws {InputError} when what lies before is not what it was, or columns are missing.
   */
  static async open(source: Source, watermark: Watermark | undefined): Promise<SourceReader> {
    const reader = new SourceReader(source);
    if (source.format === 'csv') await reader.#readHeader();
    while (reader.#at.line < (watermark?.line ?? 0) && (await reader.#take()) !== undefined);
    if (watermark !== undefined && reader.#watermark().digest !== watermark.digest) {
      await reader.close();
      throw new InputError({
        message: `${quote(source.name)} has changed before line ${watermark.line + 1}, up to where it was loaded`,
        help: 'Add lines at its end only, or give what is new a name of its own.',
      });
    }
    return reader;
  }

  /** The next records, so many or what there is. */
  async page(most: number): Promise<Page> {
    const records: Raw[] = [];
    while (records.length < most) {
      const line = await this.#take();
      if (line === undefined) break;
      const record = this.#recordOf(line);
      if (record !== undefined) records.push(record);
    }
    return { records, watermark: this.#watermark() };
  }

  /** Whether it stands where a page ended. */
  isAt(watermark: Watermark | undefined): boolean {
    return watermark !== undefined && watermark.line === this.#at.line;
  }

  async close(): Promise<void> {
    await this.#lines.return(undefined);
  }

  async #readHeader(): Promise<void> {
    const line = await this.#take();
    const names = (line && cellsOf(textOf(line) ?? '')) ?? [];
    const places = columns.map((column) => names.map((name) => name.trim().toLowerCase()).indexOf(column));
    const missing = columns.filter((_, index) => places[index] === -1);
    if (missing.length > 0)
      throw new InputError({
        message: `${quote(this.#source.name)} line 1: it lacks the column ${missing.join(', ')}`,
        help: `Begin it with ${columns.join()}.`,
      });
    this.#places = places;
    this.#width = names.length;
  }

  async #take(): Promise<Line | undefined> {
    const { value: line, done } = await this.#lines.next();
    if (done) return undefined;
    // How a line ends is no part of it: the last one may have no end yet.
    this.#hash.update(line.bytes ?? `${line.endByte - this.#at.byte} bytes`).update('\n');
    this.#at = { line: line.number, byte: line.endByte };
    return line;
  }

  #watermark(): Watermark {
    return { ...this.#at, digest: this.#hash.copy().digest('base64') };
  }

  #recordOf(line: Line): Raw | undefined {
    const text = textOf(line);
    const { number } = line;
    if (text === undefined) return broken(number, '', line.bytes === null ? 'line_too_long' : 'not_utf8');
    if (text.trim() === '') return undefined;
    const fields = this.#places === undefined ? membersOf(text) : this.#cellsIn(text, this.#places);
    return typeof fields === 'string'
      ? broken(number, text, fields)
      : { line: number, raw: text, fields, problem: null };
  }

  #cellsIn(text: string, places: readonly number[]): readonly string[] | string {
    const cells = cellsOf(text);
    if (cells === undefined) return 'bad_quotes';
    if (cells.length !== this.#width) return 'wrong_number_of_fields';
    return places.map((place) => cells[place] ?? '');
  }
}

const broken = (line: number, raw: string, problem: string): Raw => ({ line, raw, fields: [], problem });

/** Of one line; undefined: its quotes are out of place. */
function cellsOf(text: string): readonly string[] | undefined {
  // Of ten thousand lines nearly none is quoted, and the parser takes its time.
  if (!text.includes('"')) return text.split(',');
  try {
    const [cells] = parse(text, { relax_column_count: true, record_delimiter: '\n' });
    return cells;
  } catch {
    return undefined;
  }
}

function membersOf(text: string): readonly string[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'bad_json';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no_object';
  const members = value as Record<string, unknown>;
  return columns.map((column) => {
    const member = Object.hasOwn(members, column) ? members[column] : '';
    return typeof member === 'string' || typeof member === 'number' ? String(member) : '';
  });
}

const textOf = ({ bytes }: Line): string | undefined =>
  bytes === null || !isUtf8(bytes) ? undefined : bytes.toString('utf8');

import { csvRecords } from './csv-records.ts';
import { InputError } from './errors.ts';
import { readChunks } from './files.ts';

export interface TableOptions<Column extends string, Row> {
  /** All of them are in the first row, in any order and among others. */
  readonly columns: readonly Column[];
  /** What a row says; a text: what is wrong with it. */
  rowOf(cells: Readonly<Record<Column, string>>): Row | string;
  /** So many characters one cell may have. Default 1,000. */
  readonly longestCell?: number;
}

const defaultLongestCell = 1000;

/**
 * The rows of a CSV file with names in its first row. It is good in every row, or of no use.
 * @throws {InputError} which line is wrong, and what with it.
 */
export async function readTable<Column extends string, Row>(
  file: string,
  { columns, rowOf, longestCell = defaultLongestCell }: TableOptions<Column, Row>,
): Promise<readonly Row[]> {
  const refuse = (line: number, problem: string): never => {
    throw new InputError({
      message: `${JSON.stringify(file)} line ${line}: ${problem}`,
      help: `Mend that line; its columns are ${columns.join()}, parted by commas.`,
    });
  };
  let places: readonly number[] | undefined;
  let width = 0;
  const rows: Row[] = [];
  for await (const { line, cells, problem } of csvRecords(readChunks(file))) {
    if (problem !== undefined) return refuse(line, problem);
    if (places === undefined) {
      places = placesOf(cells, columns, (words) => refuse(line, words));
      width = cells.length;
      continue;
    }
    if (cells.length !== width) refuse(line, `it has ${cells.length} columns and the first row ${width}`);
    const long = cells.findIndex((cell) => cell.length > longestCell);
    if (long !== -1) refuse(line, `column ${long + 1} has more than ${longestCell} characters`);
    const named = columns.map((column, index) => [column, cells[places?.[index] ?? 0] ?? ''] as const);
    const row = rowOf(Object.fromEntries(named) as Record<Column, string>);
    if (typeof row === 'string') return refuse(line, row);
    rows.push(row);
  }
  if (rows.length > 0) return rows;
  throw new InputError({
    message: `${JSON.stringify(file)} has no rows`,
    help: `Begin it with ${columns.join()}, and give one row for each.`,
  });
}

function placesOf(
  cells: readonly string[],
  columns: readonly string[],
  refuse: (problem: string) => never,
): readonly number[] {
  const names = cells.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) refuse(`it lacks the column ${missing.join(', ')}`);
  const doubled = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (doubled !== undefined) refuse(`it has the column ${doubled} twice`);
  return columns.map((column) => names.indexOf(column));
}

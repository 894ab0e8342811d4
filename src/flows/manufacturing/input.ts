import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { manufacturingMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

/** What a sensor says, or a person does. */
export interface Row {
  readonly atMs: number;
  readonly lineId: string;
  readonly kind: keyof typeof valuesOf;
  /** A lot; of `refill`: the flour. */
  readonly lotId: string;
  readonly values: readonly number[];
  readonly by: string;
}

export const columns = ['at', 'line_id', 'kind', 'lot_id', 'values', 'by'] as const;

/** How many values each kind has: of a lot the seconds that were planned and that it ran, and the seconds a piece. */
const valuesOf = { group: 5, temperature: 1, vibration: 1, refill: 1, lot: 3, reset: 0 } as const;

export const beginsAtMs = Date.parse('2026-03-01T18:00:00Z');

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly Row[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random);
  const file = input.kind === 'file' ? input.file : sample;
  return readTable<(typeof columns)[number], Row>(file, { columns, rowOf });
}

const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const number = /^-?\d{1,9}(\.\d{1,6})?$/;

export function rowOf(cells: Readonly<Record<(typeof columns)[number], string>>): Row | string {
  const { at, line_id: lineId, lot_id: lotId, by } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(atMs)) return `at is no time in UTC such as 2026-03-02T10:00:00Z: ${JSON.stringify(at)}`;
  const kinds = Object.keys(valuesOf) as Row['kind'][];
  const kind = kinds.find((each) => each === cells.kind);
  if (kind === undefined) return `kind is none of ${kinds.join(', ')}: ${JSON.stringify(cells.kind)}`;
  const needed = {
    line_id: lineId,
    ...((kind === 'group' || kind === 'lot' || kind === 'refill') && { lot_id: lotId }),
    ...(kind === 'reset' && { by }),
  };
  for (const [column, text] of Object.entries(needed))
    if (!word.test(text))
      return `${column} is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(text)}`;
  const texts = cells.values.split(' ').filter((text) => text !== '');
  if (texts.length !== valuesOf[kind] || !texts.every((text) => number.test(text)))
    return `values of ${kind} are not ${valuesOf[kind]} numbers, parted by spaces: ${JSON.stringify(cells.values)}`;
  const values = texts.map(Number);
  if ((kind === 'lot' || kind === 'refill') && !values.every((value) => value > 0))
    return `values of ${kind} are not above 0: ${JSON.stringify(cells.values)}`;
  return { atMs, lineId, kind, lotId, values, by };
}

export const entriesOf = (rows: readonly Row[]): readonly FlowEntry[] =>
  rows.map((row, index) => entryOfRow(row, `row ${index + 1}`));

export function entryOfRow({ atMs, lineId, kind, lotId, values, by }: Row, place: string): FlowEntry {
  const when = { atMs, place };
  const of = { lineId, hops: 0 };
  const [first = 0, second = 0, third = 0] = values;
  switch (kind) {
    case 'group':
      return entryOf(messages.SubgroupMeasured, { ...of, lotId, diameters: values }, when);
    case 'temperature':
      return entryOf(messages.TemperatureRead, { ...of, celsius: first }, when);
    case 'vibration':
      return entryOf(messages.VibrationRead, { ...of, speed: first }, when);
    case 'refill':
      return entryOf(messages.FlourRefilled, { ...of, flourId: lotId, grams: first }, when);
    case 'lot':
      return entryOf(messages.LotEnded, { ...of, lotId, plannedS: first, runS: second, idealS: third }, when);
    case 'reset':
      return entryOf(messages.ResetRequested, { ...of, by }, when);
  }
}

/** A reading a second of each line: groups, temperatures, vibrations; one group of a hundred is off. */
function generated(count: number, random: Random): readonly Row[] {
  const lines = Math.max(1, Math.ceil(count / 500));
  const noise = (): number => random.next() + random.next() + random.next() - 1.5;
  const three = (value: number): number => Math.round(value * 1000) / 1000;
  return Array.from({ length: count }, (_, index): Row => {
    const step = Math.floor(index / lines);
    const lineId = `line-${(index % lines) + 1}`;
    const of = { atMs: beginsAtMs + step * 1000, lineId, by: '' };
    if (step === 0) return { ...of, kind: 'refill', lotId: 'flour-1', values: [1_000_000] };
    if (step % 10 === 1) return { ...of, kind: 'temperature', lotId: '', values: [three(230 + 5 * noise())] };
    if (step % 10 === 2) return { ...of, kind: 'vibration', lotId: '', values: [three(2 + 0.1 * noise())] };
    const shift = random.next() < 0.01 ? 1.2 : 0;
    const diameters = Array.from({ length: 5 }, () => three(rules.target + shift + 0.6 * noise()));
    return { ...of, kind: 'group', lotId: 'lot-1', values: diameters };
  });
}

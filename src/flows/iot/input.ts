import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { iotMessages } from './messages.ts';
import { rules, windowOf } from './rules.ts';

/** A line of a file. Lines stand in the order in which they arrive. */
export interface ReadingRow {
  readonly sensorId: string;
  readonly seq: number;
  /** By the sensor's clock. */
  readonly atMs: number;
  /** Null: the sensor sent no number. */
  readonly value: number | null;
  readonly unit: string;
}

export const columns = ['sensor_id', 'seq', 'at', 'value', 'unit'] as const;
export const beginsAtMs = Date.parse('2026-03-02T10:00:00Z');

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly ReadingRow[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random);
  const file = input.kind === 'file' ? input.file : sample;
  return readTable<(typeof columns)[number], ReadingRow>(file, { columns, rowOf });
}

/** So many of those that follow say whether the clock of a reading is to be believed. */
const witnesses = 10;

/**
 * A reading arrives when it was made, or behind the one before it in the file. One whose clock is far ahead of those that
 * come behind it says nothing of the time: otherwise all others would be late.
 */
export function entriesOf(rows: readonly ReadingRow[]): readonly FlowEntry[] {
  const isBelieved = ({ atMs }: ReadingRow, index: number): boolean => {
    const behind = rows.slice(index + 1, index + 1 + witnesses);
    const earlier = behind.filter((row) => row.atMs + rules.aheadMs < atMs).length;
    return earlier * 2 < behind.length || behind.length === 0;
  };
  let arrivesMs = rows.find(isBelieved)?.atMs ?? 0;
  return rows.map((row, index) => {
    if (isBelieved(row, index)) arrivesMs = Math.max(arrivesMs, row.atMs);
    const place = `row ${index + 1}`;
    return entryOf(iotMessages.ReadingReceived, { ...row, hops: 0 }, { atMs: arrivesMs, place });
  });
}

/** Until when the greenhouse is watched: the end of the last window, and the lateness. */
export const endOf = (entries: readonly FlowEntry[]): number =>
  windowOf(entries.at(-1)?.atMs ?? 0) + rules.windowMs + rules.latenessMs;

const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const number = /^[+-]?\d{1,9}(\.\d{1,9})?$/;

export function rowOf(cells: Readonly<Record<(typeof columns)[number], string>>): ReadingRow | string {
  const { sensor_id: sensorId, at, unit } = cells;
  if (!word.test(sensorId))
    return `sensor_id is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(sensorId)}`;
  if (!/^\d{1,12}$/.test(cells.seq)) return `seq is no whole number, 0 or more: ${JSON.stringify(cells.seq)}`;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (!(atMs >= 0))
    return `at is no time in UTC since 1970, such as 2026-03-02T10:00:00Z: ${JSON.stringify(at)}`;
  if (cells.value !== '' && !number.test(cells.value))
    return `value is neither a number nor empty: ${JSON.stringify(cells.value)}`;
  const value = cells.value === '' ? null : Number(cells.value);
  return { sensorId, seq: Number(cells.seq), atMs, value, unit };
}

const everyMs = 10_000;
/** So many readings each sensor sends, where there are many. */
const readingsEach = 60;

/** Sensors that read every 10 seconds; of a thousand readings some are wild, broken, doubled or late. */
function generated(count: number, random: Random): readonly ReadingRow[] {
  const sensors = Math.max(1, Math.ceil(count / readingsEach));
  const isOne = (share: number): boolean => random.next() < share;
  const rows: ReadingRow[] = [];
  let late: ReadingRow | undefined;
  for (let index = 0; rows.length < count; index++) {
    const seq = Math.floor(index / sensors);
    const sensor = index % sensors;
    const isWarm = sensor % 50 === 7 && seq >= 20 && seq < 40;
    const usual = isWarm ? 31 : 18 + (sensor % 10);
    const row = {
      sensorId: `sensor-${sensor + 1}`,
      seq,
      atMs: beginsAtMs + seq * everyMs,
      value: isOne(0.001) ? null : Math.round((usual + random.next() + (isOne(0.001) ? 20 : 0)) * 10) / 10,
      unit: isOne(0.001) ? 'F' : 'C',
    };
    if (late === undefined && isOne(0.001)) late = row;
    else rows.push(row);
    if (isOne(0.001)) rows.push(row);
    if (late !== undefined && seq > late.seq) {
      rows.push(late);
      late = undefined;
    }
  }
  return rows.slice(0, count);
}

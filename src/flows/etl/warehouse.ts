import { parquetWriteBuffer } from 'hyparquet-writer';
import { type Folder, putFile } from './folder.ts';
import type { Rejection, Ride, Sums } from './messages.ts';

export interface Batch {
  /** From 1 on, without a gap. */
  readonly batch: number;
  readonly rides: readonly Ride[];
  readonly rejections: readonly (Rejection & { readonly source: string })[];
  /** Of all rides, these among them. */
  readonly stations: Readonly<Record<string, Sums>>;
}

const numbered = (batch: number): string => String(batch).padStart(6, '0');
export const ridesFile = (batch: number): string => `rides-${numbered(batch)}.parquet`;
export const quarantineFile = (batch: number): string => `quarantine-${numbered(batch)}.ndjson`;
export const stationsFile = 'stations.parquet';

/**
 * Writes a batch: its rides (facts), what was rejected along with them, and the sums by station as they are then. Written
 * twice, it is the same to the byte.
 */
export async function writeBatch(
  folder: Folder,
  { batch, rides, rejections, stations }: Batch,
): Promise<void> {
  if (batch === 1) await clear(folder);
  if (rides.length > 0) await putFile(folder, ridesFile(batch), factsOf(rides));
  if (rejections.length > 0) {
    const lines = rejections.map((each) => `${JSON.stringify(each)}\n`).join('');
    await putFile(folder, quarantineFile(batch), Buffer.from(lines));
  }
  await putFile(folder, stationsFile, sumsOf(stations));
}

/** Batches behind the first one are of another warehouse, which nobody remembers. */
async function clear(folder: Folder): Promise<void> {
  for (let batch = 2; ; batch++) {
    const names = [ridesFile(batch), quarantineFile(batch)];
    const there = await Promise.all(names.map((name) => folder.has(name)));
    if (!there.includes(true)) return;
    for (const name of names) await folder.remove(name);
  }
}

const factsOf = (rides: readonly Ride[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'ride_id', type: 'STRING', data: rides.map(({ rideId }) => rideId) },
        {
          name: 'started_at',
          type: 'TIMESTAMP',
          data: rides.map(({ startedAtMs }) => new Date(startedAtMs)),
        },
        { name: 'station', type: 'STRING', data: rides.map(({ station }) => station) },
        { name: 'metres', type: 'INT64', data: rides.map(({ metres }) => BigInt(metres)) },
        { name: 'price_minor', type: 'INT64', data: rides.map(({ priceMinor }) => BigInt(priceMinor)) },
        { name: 'source', type: 'STRING', data: rides.map(({ source }) => source) },
        { name: 'line', type: 'INT32', data: rides.map(({ line }) => line) },
      ],
    }),
  );

function sumsOf(stations: Readonly<Record<string, Sums>>): Uint8Array {
  const rows = Object.entries(stations);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'station', type: 'STRING', data: rows.map(([station]) => station) },
        { name: 'rides', type: 'INT64', data: rows.map(([, { rides }]) => BigInt(rides)) },
        { name: 'metres', type: 'INT64', data: rows.map(([, { metres }]) => BigInt(metres)) },
        { name: 'price_minor', type: 'INT64', data: rows.map(([, { priceMinor }]) => BigInt(priceMinor)) },
      ],
    }),
  );
}

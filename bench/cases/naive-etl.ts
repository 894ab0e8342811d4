import { cleaned } from '../../src/flows/etl/clean.ts';
import { forgetfulFolder } from '../../src/flows/etl/folder.ts';
import type { Rejection, Ride, Sums } from '../../src/flows/etl/messages.ts';
import { SourceReader } from '../../src/flows/etl/reader.ts';
import { generatedSource, type Source } from '../../src/flows/etl/source.ts';
import { inForm, plus } from '../../src/flows/etl/transform.ts';
import { writeBatch } from '../../src/flows/etl/warehouse.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';
import { timed } from './timed.ts';

const recordsAPage = 50;
const rowsABatch = 1000;

/** A night's run by itself: pages are read, cleaned, brought into form, added up, and written in batches that nobody keeps. */
export async function loadByLoop(source: Source) {
  const seen = new Set<string>();
  const stations: Record<string, Sums> = {};
  const reasons: Record<string, number> = {};
  const run = { read: 0, loaded: 0, duplicates: 0, rejected: 0 };
  let [batch, rides, rejections]: [number, Ride[], (Rejection & { source: string })[]] = [1, [], []];
  const write = async (): Promise<void> => {
    await writeBatch(forgetfulFolder, { batch, rides, rejections, stations });
    run.loaded += rides.length;
    run.rejected += rejections.length;
    [batch, rides, rejections] = [batch + 1, [], []];
  };
  const reader = await SourceReader.open(source, undefined);
  for (;;) {
    const { records } = await reader.page(recordsAPage);
    if (records.length === 0) break;
    run.read += records.length;
    for (const { line, raw, fields, problem } of records) {
      const { wrong, values } = problem === null ? cleaned(fields) : { wrong: [problem], values: undefined };
      if (values === undefined) {
        rejections.push({ source: source.name, line, reasons: wrong, raw });
        for (const reason of wrong) reasons[reason] = (reasons[reason] ?? 0) + 1;
      } else if (seen.has(values.rideId)) run.duplicates++;
      else {
        seen.add(values.rideId);
        const ride = { ...inForm(values), source: source.name, line };
        rides.push(ride);
        const { station, metres, priceMinor } = ride;
        stations[station] = plus(stations[station], { rides: 1, metres, priceMinor });
      }
    }
    if (rides.length + rejections.length >= rowsABatch) await write();
  }
  await reader.close();
  if (rides.length + rejections.length > 0) await write();
  return { run, reasons, stations, warehouse: { rows: run.loaded, batches: batch - 1 } };
}

export async function naiveEtl(count: number): Promise<Measured> {
  const source = generatedSource(count, seededRandom(1));
  return timed(count, () => loadByLoop(source));
}

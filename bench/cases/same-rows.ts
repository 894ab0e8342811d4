import { type Datastore, nothingConsumed, openDatastoreAt } from '../../src/datastore/index.ts';
import type { Measured } from '../measure.ts';
import { openMeter } from '../server/meter.ts';
import { type BenchShop, benchShop, inHand, orderShipped, sent } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';
import { clock, customers } from './played.ts';
import { between, ownProcessorMs } from './workers.ts';

const writtenAtOnce = 256;
const subscriber = 'floor';

/**
 * The floor of an engine: the same rows, written and read by a loop that does nothing else, 256 events at a time. Events into the
 * log, and read there; notifications with their deliveries; how far the reader is; the ends of the deliveries.
 */
export const sameRowsOnAFile = (events: number): Promise<Measured> =>
  withTemporaryFile(async (file) => {
    const shop = await opened(file);
    const startedMs = ownProcessorMs();
    const tookMs = await timed(shop, events);
    const { sent } = await shop.datastore.ledger.counts();
    const workerMicros = ((ownProcessorMs() - startedMs) * 1000) / sent;
    await shop.datastore.close();
    return { deliveries: sent, tookMs, costs: { workerMicros } };
  });

/** The same on a server. @param place of an empty database. */
export async function sameRows(place: string, events: number): Promise<Measured> {
  const shop = await opened(place);
  const meter = await openMeter(place);
  const used = async () => ({ ...(await meter.read()), workerMs: ownProcessorMs() });
  const before = await used();
  const tookMs = await timed(shop, events);
  const after = await used();
  const { sent } = await shop.datastore.ledger.counts();
  await shop.datastore.close();
  const rows = (await meter.rowsWritten()) - customers;
  await meter.close();
  return { deliveries: sent, tookMs, costs: { ...between(before, after, sent), rows: rows / sent } };
}

async function opened(place: string): Promise<BenchShop> {
  const datastore = await openDatastoreAt(place);
  await datastore.consumption.enter(subscriber);
  return benchShop(customers, { datastore, clock, isAlwaysAwake: true });
}

async function timed(shop: BenchShop, events: number): Promise<number> {
  const startedMs = performance.now();
  for (let first = 0; first < events; first += writtenAtOnce) {
    const indexes = Array.from(
      { length: Math.min(writtenAtOnce, events - first) },
      (_, offset) => first + offset,
    );
    const messages = indexes.map((index) => orderShipped(shop, index, customers));
    await writeAndRead(shop.datastore, messages);
  }
  return performance.now() - startedMs;
}

async function writeAndRead(
  { consumption, ledger }: Datastore,
  append: readonly ReturnType<typeof orderShipped>[],
): Promise<void> {
  const { positions } = await consumption.commit({ ...nothingConsumed, append });
  const [after, upTo] = [(positions[0] ?? 0) - 1, positions.at(-1) ?? 0];
  const logged = await consumption.read({ subscriber, types: null, after, upTo, skipHandled: false });
  const entries = logged.map(({ message }) => inHand(message as (typeof append)[number]));
  await ledger.open(entries);
  const progress = [{ subscriber, position: upTo, ahead: [], passesAhead: false }];
  await consumption.commit({ ...nothingConsumed, progress });
  await ledger.record(
    entries.flatMap(({ deliveries }) => deliveries.map(sent)),
    [],
  );
}

import { setTimeout as pause } from 'node:timers/promises';
import { openDatastoreAt } from '../../src/datastore/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createShop } from '../../src/shop/index.ts';
import type { Costs, Measured } from '../measure.ts';
import { type Meter, openMeter, type Reading } from '../server/meter.ts';
import { peakMbOf, processorMs } from '../server/processor-time.ts';
import { startWorker, untilOneWorks, type Worker } from '../server/worker.ts';
import { type BenchShop, benchShop } from '../shop.ts';
import { clock, customers, type PlayedOptions, played } from './played.ts';

/** How often it is asked whether anything is left: the database has other things to do. */
const lookEveryMs = 100;

/**
 * Event-sourced on a server: this process publishes and tells nobody, as an api does, and so many processes of `npm run worker`
 * consume and send. What it costs is counted between the warm-up and the last that is told, but for rows: those are of all.
 * @param place of an empty database.
 */
export async function withWorkers(
  place: string,
  count: number,
  { pace, eventsPerSecond, size }: Pick<PlayedOptions, 'pace' | 'eventsPerSecond' | 'size'>,
): Promise<Measured> {
  const ports = await stocked(place);
  const meter = await openMeter(place);
  const rowsBefore = await meter.rowsWritten();
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(place)));
  await untilOneWorks(workers);
  const channels = [captureEmail({ clock }), captureSms()];
  const shop = await createShop({ data: place, part: 'stands-by', channels, clock });
  await shop.start();
  let warm = await used(meter, workers);
  const measured = await played({
    shop,
    ports,
    pace,
    size,
    ...(eventsPerSecond !== undefined && { eventsPerSecond }),
    allIsTold: () => untilNothingIsLeft(shop),
    async onWarm() {
      warm = await used(meter, workers);
    },
  });
  const after = await used(meter, workers);
  const workerPeakMb = peakMbOf(workers.map(({ pid }) => pid));
  await Promise.all(workers.map((worker) => worker.stop()));
  const { sent } = await shop.datastore.ledger.counts();
  await shop.close();
  const rows = (await meter.rowsWritten()) - rowsBefore;
  await meter.close();
  const costs = { ...between(warm, after, measured.deliveries), rows: rows / sent };
  return { ...measured, costs, ...(workerPeakMb !== undefined && { workerPeakMb }) };
}

async function stocked(place: string): Promise<BenchShop> {
  const datastore = await openDatastoreAt(place);
  const ports = await benchShop(customers, { datastore, clock, isAlwaysAwake: true });
  await datastore.close();
  return ports;
}

interface Used extends Reading {
  readonly workerMs: number | undefined;
  readonly publisherMs?: number;
}

const used = async (meter: Meter, workers: readonly Pick<Worker, 'pid'>[]): Promise<Used> => ({
  ...(await meter.read()),
  workerMs: processorMs(workers.map(({ pid }) => pid)),
  publisherMs: ownProcessorMs(),
});

/** Milliseconds of processor time of this process. */
export function ownProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Of each of so many deliveries. */
export function between(before: Used, after: Used, deliveries: number): Costs {
  const micros = (one: number | undefined, other: number | undefined): number | undefined =>
    one === undefined || other === undefined ? undefined : ((other - one) * 1000) / deliveries;
  const workerMicros = micros(before.workerMs, after.workerMs);
  const publisherMicros = micros(before.publisherMs, after.publisherMs);
  const serverMicros = micros(before.serverMs, after.serverMs);
  return {
    ...(workerMicros !== undefined && { workerMicros }),
    ...(publisherMicros !== undefined && { publisherMicros }),
    ...(serverMicros !== undefined && { serverMicros }),
    walBytes: (after.walBytes - before.walBytes) / deliveries,
    storedBytes: (after.storedBytes - before.storedBytes) / deliveries,
    transactions: (after.transactions - before.transactions) / deliveries,
  };
}

type Shop = Awaited<ReturnType<typeof createShop>>;
type Subscribers = readonly { readonly name: string; readonly handles: '*' | readonly string[] }[];

/** Others consume and send, so the database is asked whether all is read and nothing is in hand. */
async function untilNothingIsLeft({ bus, channels, datastore }: Shop): Promise<void> {
  const { subscribers = [] } = bus as typeof bus & { subscribers?: Subscribers };
  const asked = subscribers.map(({ name, handles }) => ({ name, types: handles === '*' ? null : handles }));
  for (;;) {
    const { messages, deliveries } = await datastore.statistics.load({
      subscribers: asked,
      channels,
      nowMs: clock.now(),
      most: 1,
    });
    if (messages + deliveries === 0) return;
    await pause(lookEveryMs);
  }
}

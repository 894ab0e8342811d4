import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/kernel/index.ts';
import type { createShop } from '../../src/shop/index.ts';
import type { Measured } from '../measure.ts';
import { type BenchShop, orderShipped } from '../shop.ts';

type Shop = Awaited<ReturnType<typeof createShop>>;

/** So many that none of them is told more than a hundred times a minute. */
export const customers = 2000;

/** As fast as they go, or so many events a second. */
export type Pace = 'burst' | 'paced';

/** Of a pace: as in the latency of the durable bus. */
const eventsPerSecondByDefault = 500;
/** Of a burst: handed in at once, and never more than this many ahead. */
const chunk = 1000;
const mostAhead = 10_000;
/** What is not counted, since it compiles: of a burst a tenth, of a pace a second. */
const warmUpOf = (events: number, pace: Pace, eventsPerSecond: number): number =>
  pace === 'burst' ? Math.ceil(events / 10) : eventsPerSecond;

export interface PlayedOptions {
  readonly shop: Shop;
  /** Of the same datastore. */
  readonly ports: BenchShop;
  /** @param size events of a burst, or seconds of a pace. */
  readonly size: number;
  readonly pace: Pace;
  /** Default 500. */
  readonly eventsPerSecond?: number;
  /** Resolves when nothing is left to be told. */
  allIsTold(): Promise<void>;
  /** Done behind the warm-up, when nothing is under way. */
  onWarm(): Promise<void>;
}

/**
 * Publishes order-shipped events, and reads in the ledger what became of them: how long it took from the first that is published to
 * the last that a provider has taken, and each from the event to that. By the machine's clock, in whole milliseconds.
 */
export async function played({
  size,
  pace,
  eventsPerSecond = eventsPerSecondByDefault,
  ...options
}: PlayedOptions): Promise<Measured> {
  const events = pace === 'burst' ? size : size * eventsPerSecond;
  const warmUp = warmUpOf(events, pace, eventsPerSecond);
  const publish = pace === 'burst' ? atOnce : inTheirTime(eventsPerSecond);
  await publish(options, 0, warmUp);
  await options.allIsTold();
  await options.onWarm();
  const startedMs = Date.now();
  await publish(options, warmUp, events);
  await options.allIsTold();
  const told = await toldSince(options.shop, startedMs);
  if (told.waits.length !== 2 * events) throw new Error(`${told.waits.length} of ${2 * events} were told`);
  const tookMs = told.lastMs - startedMs;
  if (pace === 'burst') return { deliveries: told.waits.length, tookMs };
  const percentile = (share: number): number =>
    told.waits[Math.ceil(told.waits.length * share) - 1] ?? Number.NaN;
  return {
    deliveries: told.waits.length,
    tookMs,
    latencyMs: { p50: percentile(0.5), p99: percentile(0.99) },
  };
}

type Published = Pick<PlayedOptions, 'shop' | 'ports' | 'allIsTold'>;

async function atOnce({ shop, ports, allIsTold }: Published, from: number, count: number): Promise<void> {
  for (let first = 0; first < count; first += chunk) {
    const indexes = Array.from(
      { length: Math.min(chunk, count - first) },
      (_, offset) => from + first + offset,
    );
    await shop.bus.publish(indexes.map((index) => orderShipped(ports, index, customers)));
    if ((first + chunk) % mostAhead === 0) await allIsTold();
  }
}

/** Each by itself; whoever waits in a loop would take the processor from those who are measured. */
const inTheirTime =
  (eventsPerSecond: number) =>
  async ({ shop, ports }: Published, from: number, count: number): Promise<void> => {
    const startedMs = performance.now();
    const publications: Promise<void>[] = [];
    while (publications.length < count) {
      const due = Math.min(count, Math.ceil(((performance.now() - startedMs) * eventsPerSecond) / 1000));
      while (publications.length < due)
        publications.push(shop.bus.publish([orderShipped(ports, from + publications.length, customers)]));
      await pause(1);
    }
    await Promise.all(publications);
  };

/** Of what happened since then: when the last was taken by its provider, and how long each took, the shortest first. */
async function toldSince({ datastore }: Shop, sinceMs: number): Promise<{ lastMs: number; waits: number[] }> {
  const waits: number[] = [];
  let lastMs = 0;
  for await (const page of datastore.ledger.pages(1000))
    for (const { notification, delivery } of page) {
      const { status, settledAtMs } = delivery;
      if (notification.occurredAtMs < sinceMs || status !== 'sent' || settledAtMs === null) continue;
      waits.push(settledAtMs - notification.occurredAtMs);
      lastMs = Math.max(lastMs, settledAtMs);
    }
  return { lastMs, waits: waits.sort((one, other) => one - other) };
}

/** The machine's: several processes go by it. */
export const clock = systemClock();

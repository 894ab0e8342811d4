import { setImmediate } from 'node:timers/promises';
import { DurableEventBus } from '../../src/bus/index.ts';
import { type Channel, captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createEventSourced } from '../../src/event-sourced/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { seededRandom, systemClock } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';
import { benchShop, orderShipped } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const customers = 1000;
const eventsPerSecond = 500;

/**
 * 500 events a second on the durable bus, on a file with synchronous=FULL: from the call of `publish` to the
 * hand-over to the provider, in milliseconds. The first second is not counted: it compiles.
 */
export const latency = (seconds: number): Promise<Measured> =>
  withTemporaryFile(async (file) => {
    const clock = systemClock();
    const shop = await benchShop(customers, { file, clock });
    const { datastore } = shop;
    const publishedAt = new Map<string, number>();
    const waits: number[] = [];
    const channels = [captureEmail({ clock }), captureSms()].map((channel) =>
      timed(channel, publishedAt, waits),
    );
    const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(2) });
    const architecture = createEventSourced({ ...shop, bus, channels });
    await architecture.start();

    const startedMs = performance.now();
    for (let index = 0; index < (seconds + 1) * eventsPerSecond; index++) {
      while (performance.now() - startedMs < (index * 1000) / eventsPerSecond) await setImmediate();
      if (index >= eventsPerSecond) publishedAt.set(`ord-${index}`, performance.now());
      void bus.publish([orderShipped(shop, index, customers)]);
    }
    await architecture.settle();
    const tookMs = performance.now() - startedMs;

    await architecture.stop();
    await bus.close();
    await datastore.close();
    waits.sort((one, other) => one - other);
    const percentile = (share: number): number => waits[Math.ceil(waits.length * share) - 1] ?? Number.NaN;
    return { deliveries: waits.length, tookMs, latencyMs: { p50: percentile(0.5), p99: percentile(0.99) } };
  });

function timed(channel: Channel, publishedAt: ReadonlyMap<string, number>, waits: number[]): Channel {
  return {
    name: channel.name,
    templates: channel.templates,
    send(message, context) {
      // The id of a delivery names the order second.
      const sinceMs = publishedAt.get(context.idempotencyKey.split(':')[1] ?? '');
      if (sinceMs !== undefined) waits.push(performance.now() - sinceMs);
      return channel.send(message, context);
    },
  };
}

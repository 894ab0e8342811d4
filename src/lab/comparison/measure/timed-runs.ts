import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '../../../delivery/index.ts';
import type { Behaviour, Percentiles } from '../comparison.ts';
import { openTimedShop, orderId } from './timed-shop.ts';
import type { Variant } from './variants.ts';

/** What depends on the machine. */
export type Timings = Omit<Behaviour, 'architecture' | 'handOver' | 'hops'>;

const providerMs = 50;
/** The commands come at the same pace everywhere, whether or not anybody is done with those before. */
const commands = 240;
const atOnce = 4;
const everyMs = 12;
const warmUp = 40;

const orders = 3000;
const inFlight = 256;

/** Latency under a steady load, then throughput as fast as it goes; the memory is of the whole process. */
export async function measureTimings(variant: Variant): Promise<Timings> {
  const latencies = await measureLatency(variant);
  const deliveriesPerSecond = await measureThroughput(variant);
  return { ...latencies, deliveriesPerSecond, peakMb: process.resourceUsage().maxRSS / 1024 };
}

async function measureLatency(variant: Variant): Promise<Pick<Timings, 'handOverMs' | 'callerMs'>> {
  const givenMs = new Map<string, number>();
  const handOverMs: number[] = [];
  const callerMs: number[] = [];
  const around = (channel: Channel): Channel => ({
    ...channel,
    async send(message, context) {
      // order-shipped:ord-17:cust-17:email
      const given = givenMs.get(context.idempotencyKey.split(':')[1] ?? '');
      if (given !== undefined) handOverMs.push(performance.now() - given);
      await pause(providerMs);
      return channel.send(message, context);
    },
  });
  const shop = await openTimedShop(variant, { orders: commands + warmUp, around });
  const give = async (index: number, isCounted: boolean): Promise<void> => {
    const startedMs = performance.now();
    if (isCounted) givenMs.set(orderId(index), startedMs);
    await shop.architecture.services.ordering.shipOrder({ orderId: orderId(index) });
    if (isCounted) callerMs.push(performance.now() - startedMs);
  };
  const given: Promise<void>[] = [];
  for (let index = 0; index < commands + warmUp; index++) {
    if (index % atOnce === 0) await pause(everyMs);
    given.push(give(index, index >= warmUp));
  }
  await Promise.all(given);
  await untilSent(shop.datastore, 2 * (commands + warmUp));
  await shop.close();
  return { handOverMs: percentilesOf(handOverMs), callerMs: percentilesOf(callerMs) };
}

async function measureThroughput(variant: Variant): Promise<number> {
  const { architecture, datastore, close } = await openTimedShop(variant, {
    orders,
    around: (channel) => channel,
  });
  const startedMs = performance.now();
  for (let first = 0; first < orders; first += inFlight) {
    const length = Math.min(inFlight, orders - first);
    const ids = Array.from({ length }, (_, offset) => orderId(first + offset));
    await Promise.all(ids.map((id) => architecture.services.ordering.shipOrder({ orderId: id })));
  }
  await architecture.settle();
  const tookMs = performance.now() - startedMs;
  const { sent } = await datastore.ledger.counts();
  await close();
  return (sent / tookMs) * 1000;
}

/** `settle` resolves while a provider is being waited for. */
async function untilSent(
  { ledger }: Awaited<ReturnType<typeof openTimedShop>>['datastore'],
  wanted: number,
): Promise<void> {
  while ((await ledger.counts()).sent < wanted) await pause(everyMs);
}

/** Nearest rank. */
function percentilesOf(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

import { seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';

/**
 * The work of an order by itself: stock, a payment with its undoing, a label, the books. A loop over objects in memory, and
 * nothing that would outlive a failure: no messages, no schemas, no state that is committed, no time-outs.
 */
export async function naiveOrders(count: number): Promise<Measured> {
  const random = seededRandom(1);
  const isOne = (share: number): boolean => random.next() < share;
  const orders = Array.from({ length: count }, (_, index) => ({
    id: `o${index}`,
    sku: isOne(0.2) ? 'bike' : 'helmet',
    quantity: isOne(0.1) ? 2 : 1,
    card: isOne(0.04) ? 'declined' : isOne(0.01) ? 'silent' : 'good',
    isJammed: isOne(0.01),
    isLate: isOne(0.02),
  }));
  const prices = { bike: 149_900, helmet: 7900 };
  const startedMs = performance.now();
  const stock = new Map([
    ['bike', count],
    ['helmet', count],
  ]);
  const books: { readonly id: string; readonly of: string; readonly amount: number }[] = [];
  const ends = new Map<string, string>();
  for (const { id, sku, quantity, card, isJammed, isLate } of orders) {
    const amount = prices[sku as keyof typeof prices] * quantity;
    const onHand = stock.get(sku) ?? 0;
    if (onHand < quantity) {
      ends.set(id, 'inventory_short');
      continue;
    }
    stock.set(sku, onHand - quantity);
    const putBack = (): void => void stock.set(sku, (stock.get(sku) ?? 0) + quantity);
    if (isLate || card !== 'good') {
      putBack();
      ends.set(id, isLate ? 'reservation_expired' : card);
      continue;
    }
    books.push({ id, of: 'authorised', amount }, { id, of: 'captured', amount });
    if (isJammed) {
      books.push({ id, of: 'refunded', amount });
      putBack();
    }
    ends.set(id, isJammed ? 'shipment_failed' : 'confirmed');
  }
  const tookMs = performance.now() - startedMs;
  if (ends.size !== count || books.length === 0) throw new Error('an order has no end');
  return { deliveries: count, tookMs };
}

interface Sensor {
  readonly seqs: Set<number>;
  history: number[];
  latest: number[];
  minute: number[];
  minuteAtMs: number;
}

/** The work of a reading by itself: checked, held against those before it, averaged, put into its minute, batched. */
export async function naiveReadings(count: number): Promise<Measured> {
  const random = seededRandom(1);
  const sensors = Math.max(1, Math.ceil(count / 60));
  const readings = Array.from({ length: count }, (_, index) => ({
    sensorId: `sensor-${(index % sensors) + 1}`,
    seq: Math.floor(index / sensors),
    atMs: Math.floor(index / sensors) * 10_000,
    value: 18 + (index % 10) + random.next(),
  }));
  const medianOf = (values: readonly number[]): number => {
    const sorted = values.toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const startedMs = performance.now();
  const known = new Map<string, Sensor>();
  const windows: number[] = [];
  const means: number[] = [];
  let [rows, anomalies] = [0, 0];
  for (const { sensorId, seq, atMs, value } of readings) {
    let sensor = known.get(sensorId);
    if (sensor === undefined) {
      sensor = { seqs: new Set(), history: [], latest: [], minute: [], minuteAtMs: atMs };
      known.set(sensorId, sensor);
    }
    if (sensor.seqs.has(seq)) continue;
    sensor.seqs.add(seq);
    if (sensor.history.length >= 10) {
      const median = medianOf(sensor.history);
      const deviation = medianOf(sensor.history.map((each) => Math.abs(each - median)));
      if (Math.abs(value - median) > 9 * Math.max(deviation, 0.05)) anomalies++;
    }
    sensor.history = [...sensor.history, value].slice(-30);
    sensor.latest = [...sensor.latest, value].slice(-12);
    means.push(sensor.latest.reduce((sum, each) => sum + each, 0) / sensor.latest.length);
    if (atMs - sensor.minuteAtMs >= 60_000) {
      windows.push(medianOf(sensor.minute));
      sensor.minute = [];
      sensor.minuteAtMs = atMs;
    }
    sensor.minute.push(value);
    rows++;
  }
  const tookMs = performance.now() - startedMs;
  if (rows + anomalies < count || means.length !== count) throw new Error('a reading is lost');
  return { deliveries: count, tookMs };
}

import { type Datastore, type DeliveryRecord, openDatastore } from '../../src/datastore/index.ts';
import { explain } from '../../src/operations/explain/index.ts';
import { overTime, statusOf } from '../../src/operations/status/index.ts';
import { type BenchShop, benchShop, inHand, orderShipped, startMs } from '../shop.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const customers = 10_000;
const enteredAtOnce = 1000;
/** Of a hundred orders one text is given up, and one waits for its time; all else was sent. */
const hundred = 100;
const waitingMs = 60_000;
/** How often each is asked; the one in the middle counts. */
const asked = 5;

/** What people and the shop ask of a datastore, in milliseconds, by what they ask. */
export type Asked = Readonly<Record<string, number>>;

/** A datastore on a file with so many deliveries: how long each answer takes. */
export const keptShop = (deliveries: number): Promise<Asked> =>
  withTemporaryFile(async (file) => {
    const shop = await benchShop(customers, { file });
    await fill(shop, deliveries / 2);
    await shop.datastore.close();
    const datastore = openDatastore({ file });
    const answers = {
      status: await timed(async () => statusOf(await datastore.statistics.deliveries())),
      explain: await timed((turn) => explain(datastore, { id: `ord-${deliveries / 4 + turn}` })),
      'the last hour': await timed(() => overTime(datastore.statistics, 'hour', startMs)),
      'a page of dead letters': await timed(() => datastore.ledger.deadLetters({ limit: 100 })),
      'take 10 that are due': await timed(() => datastore.ledger.takeDue('sms', startMs + waitingMs, 10)),
      'enter 512': await timed((turn) => enter(shop, datastore, deliveries / 2 + turn * 256, 256)),
    };
    await datastore.close();
    return answers;
  });

async function timed(ask: (turn: number) => Promise<unknown>): Promise<number> {
  const tookMs: number[] = [];
  for (let turn = 0; turn < asked; turn++) {
    const startedMs = performance.now();
    await ask(turn);
    tookMs.push(performance.now() - startedMs);
  }
  return tookMs.sort((one, other) => one - other)[Math.floor(asked / 2)] ?? Number.NaN;
}

async function fill(shop: BenchShop, orders: number): Promise<void> {
  for (let first = 0; first < orders; first += enteredAtOnce)
    await enter(shop, shop.datastore, first, Math.min(enteredAtOnce, orders - first));
}

async function enter(shop: BenchShop, datastore: Datastore, first: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, offset) => orderShipped(shop, first + offset, customers));
  const entries = events.map(inHand);
  await datastore.transaction(async ({ eventLog }) => eventLog.append(events));
  await datastore.ledger.open(entries);
  await datastore.ledger.record(
    entries.flatMap(({ deliveries }, index) => deliveries.map((delivery) => endOf(delivery, first + index))),
    [],
  );
}

function endOf(delivery: DeliveryRecord, index: number): DeliveryRecord {
  const attempted = { ...delivery, attempts: 1 };
  if (delivery.channel === 'sms' && index % hundred === 1)
    return { ...attempted, status: 'dead_lettered', reason: 'rejected', settledAtMs: startMs };
  if (delivery.channel === 'sms' && index % hundred === 2)
    return { ...attempted, reason: 'retry', dueAtMs: startMs + waitingMs };
  return { ...attempted, status: 'sent', settledAtMs: startMs, receipt: `receipt-${index}` };
}

import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { SimulatedGateway } from '../../../src/flows/order-saga/gateway.ts';
import { type Stock, sampleStock } from '../../../src/flows/order-saga/goods.ts';
import { orderMessages } from '../../../src/flows/order-saga/messages.ts';
import { entriesOf, type OrderRow, readOrders } from '../../../src/flows/order-saga/orders.ts';
import { reportOf } from '../../../src/flows/order-saga/report.ts';
import { beginsAtMs, orderPipeline } from '../../../src/flows/order-saga/run.ts';
import { type LabelPrinter, simulatedPrinter } from '../../../src/flows/order-saga/shipping.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { feed } from '../../../src/pipeline-runtime/index.ts';

export type BusName = 'in-memory' | 'durable';

export const sampleRows = (): Promise<readonly OrderRow[]> =>
  readOrders({ kind: 'sample' }, seededRandom(1), beginsAtMs);

/** The world outside of a process: what it finds when it is started again. */
export interface Outside {
  readonly datastore: Datastore;
  readonly gateway: SimulatedGateway;
  readonly printer: LabelPrinter;
  readonly stock: Stock;
  nowMs: number;
  lives: number;
}

export const anOutside = (stock: Stock = sampleStock): Outside => ({
  datastore: openDatastore(),
  gateway: new SimulatedGateway(),
  printer: simulatedPrinter,
  stock,
  nowMs: beginsAtMs,
  lives: 0,
});

/** One process that plays orders to their ends; `onEvent` sees all that passes. */
export function aProcess(
  busName: BusName,
  outside: Outside,
  onEvent: (message: { type: string; data: object }) => void = () => {},
) {
  const clock = new VirtualClock(outside.nowMs);
  const random = seededRandom(++outside.lives);
  const { datastore } = outside;
  const catalogue: Catalogue = orderMessages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  const ids = createIds(clock, random);
  const pipeline = orderPipeline({ bus, clock, ids, random, stopwatch: () => 0 }, outside);
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => onEvent(message) });
  return {
    bus,
    clock,
    pipeline,
    async play(rows: readonly OrderRow[]) {
      pipeline.start();
      await feed(pipeline, clock, entriesOf(rows));
      const report = await reportOf(pipeline, rows, outside.stock);
      await bus.close();
      return report;
    },
  };
}

export async function playOrders(busName: BusName, rows: readonly OrderRow[], stock?: Stock) {
  const outside = anOutside(stock);
  const events: { type: string; data: object }[] = [];
  const { play, clock } = aProcess(busName, outside, (message) => events.push(message));
  const report = await play(rows);
  await outside.datastore.close();
  return { report, events, gateway: outside.gateway, clock };
}

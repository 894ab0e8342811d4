import type { Random } from '../../kernel/index.ts';
import type { FlowInput, FlowWorld, OpenFlow } from '../../pipeline-runtime/index.ts';
import { feed, Pipeline, sagaStage } from '../../pipeline-runtime/index.ts';
import { endStage, followUpStage, ledgerStage, salesStage, validateStage } from './books.ts';
import { type Gateway, type Payment, SimulatedGateway } from './gateway.ts';
import { prices, type Stock, sampleStock } from './goods.ts';
import { inventoryStage } from './inventory.ts';
import type { OrderMessages } from './messages.ts';
import { entriesOf, type OrderRow, readOrders } from './orders.ts';
import { paymentStage } from './payment.ts';
import { reportOf } from './report.ts';
import { orderSaga } from './saga.ts';
import { type LabelPrinter, shippingStage, simulatedPrinter } from './shipping.ts';

export const beginsAtMs = Date.parse('2026-03-02T10:00:00Z');

/** Whom the orders need beyond the shop. */
export interface OrderPorts {
  readonly gateway: Gateway;
  readonly printer: LabelPrinter;
  readonly stock: Stock;
}

/** The stages of an order over the world's bus. */
export function orderPipeline(
  world: FlowWorld,
  { gateway, printer, stock }: OrderPorts,
): Pipeline<OrderMessages> {
  return new Pipeline<OrderMessages>({
    ...world,
    stages: [
      validateStage,
      sagaStage(orderSaga),
      inventoryStage(stock),
      paymentStage(gateway),
      shippingStage(printer),
      ledgerStage,
      salesStage,
      followUpStage,
      endStage,
    ],
  });
}

/** Reads orders, and gives what takes them to their ends. */
export async function prepareOrders(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readOrders(input, random, beginsAtMs);
  const stock = input.kind === 'load' ? stockFor(rows) : sampleStock;
  return (world) => {
    const payments = world.outside?.('payments') as Map<string, Payment> | undefined;
    const ports = { gateway: new SimulatedGateway(payments), printer: simulatedPrinter, stock };
    const pipeline = orderPipeline(world, ports);
    return {
      pipeline,
      saga: orderSaga.name,
      play: () => feed(pipeline, world.clock, entriesOf(rows)),
      report: () => reportOf(pipeline, rows, stock),
    };
  };
}

/** Nine of ten can be had. */
function stockFor(rows: readonly OrderRow[]): Stock {
  const wanted = (sku: string): number =>
    rows.reduce((sum, row) => sum + (row.sku === sku ? row.quantity : 0), 0);
  return Object.fromEntries(Object.keys(prices).map((sku) => [sku, Math.ceil(wanted(sku) * 0.9)]));
}

/**
 * An order as a saga: stock, payment and shipment, each undone when a later step fails.
 *
 * @example
 * ```ts
 * import { orderSagaFlow } from './src/flows/order-saga/index.ts';
 *
 * console.log(orderSagaFlow.name, Object.keys(orderSagaFlow.catalogue).length > 20);
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { orderMessages } from './messages.ts';
import { orderColumns } from './orders.ts';
import { beginsAtMs, prepareOrders } from './run.ts';
import { typedOrders } from './typed.ts';

export const orderSagaFlow: Flow = {
  name: 'order-saga',
  does: 'an order as a saga: reserve, authorise, capture, ship, and undo what cannot go on',
  shows: 'orchestrated saga: compensation, and an unknown outcome that is asked about',
  catalogue: orderMessages,
  beginsAtMs,
  columns: orderColumns,
  writesBeside: true,
  typed: typedOrders,
  prepare: prepareOrders,
};

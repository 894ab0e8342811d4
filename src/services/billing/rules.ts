import type { Order, Payment } from '../../datastore/index.ts';
import { EntityExistsError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import { totalOf } from '../ordering/total.ts';
import type { FailPayment, ReceivePayment } from './commands.ts';

/** What is known before a payment attempt. Its order may be in any status. */
export interface PaymentFacts {
  readonly order: Order;
  /** The attempt that has the id already. */
  readonly existing: Payment | undefined;
}

/** @throws {EntityExistsError} `payment_exists`: an attempt ends once. */
export function failPayment(
  { order, existing }: PaymentFacts,
  { paymentId, reason }: Pick<FailPayment, 'paymentId' | 'reason'>,
): { payment: Payment; events: readonly Fact<'PaymentFailed'>[] } {
  const payment = attempt(order, existing, { paymentId, status: 'failed' });
  const data = { paymentId, orderId: order.id, customerId: order.customerId, amount: payment.amount, reason };
  return { payment, events: [{ type: 'PaymentFailed', data }] };
}

/**
 * Receives the order's whole total.
 * @throws {EntityExistsError} `payment_exists`: an attempt ends once.
 */
export function receivePayment(
  { order, existing }: PaymentFacts,
  { paymentId }: Pick<ReceivePayment, 'paymentId'>,
): { payment: Payment; events: readonly Fact<'PaymentReceived'>[] } {
  const payment = attempt(order, existing, { paymentId, status: 'received' });
  const data = { paymentId, orderId: order.id, customerId: order.customerId, amount: payment.amount };
  return { payment, events: [{ type: 'PaymentReceived', data }] };
}

function attempt(
  order: Order,
  existing: Payment | undefined,
  { paymentId, status }: { paymentId: string; status: Payment['status'] },
): Payment {
  if (existing !== undefined) throw new EntityExistsError('payment_exists', paymentId);
  return { id: paymentId, orderId: order.id, amount: totalOf(order), status };
}

import type { Payment, Stores } from '../../datastore/index.ts';
import { UnknownEntityError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import { createUnitOfWork, type ServicePorts } from '../unit-of-work.ts';
import { validate } from '../validate.ts';
import {
  type FailPayment,
  failPaymentSchema,
  type ReceivePayment,
  receivePaymentSchema,
} from './commands.ts';
import { failPayment, type PaymentFacts, receivePayment } from './rules.ts';

/** Who has paid. Every refusal is a {@link DomainError}. */
export interface BillingService {
  /** Publishes PaymentFailed, over the order's total. */
  failPayment(command: FailPayment): Promise<void>;
  /** Publishes PaymentReceived, over the order's total. */
  receivePayment(command: ReceivePayment): Promise<void>;
}

type Decide = (facts: PaymentFacts) => { payment: Payment; events: readonly Fact[] };

export function createBilling(ports: ServicePorts): BillingService {
  const unitOfWork = createUnitOfWork(ports);

  const settleAttempt = (command: ReceivePayment, decide: Decide): Promise<void> =>
    unitOfWork(async ({ orders, payments }: Stores) => {
      const order = await orders.find(command.orderId);
      if (order === undefined) throw new UnknownEntityError('unknown_order', command.orderId);
      const { payment, events } = decide({ order, existing: await payments.find(command.paymentId) });
      await payments.insert(payment);
      return events;
    });

  return {
    async failPayment(input) {
      const command = validate(failPaymentSchema, input, 'billing.failPayment');
      await settleAttempt(command, (facts) => failPayment(facts, command));
    },

    async receivePayment(input) {
      const command = validate(receivePaymentSchema, input, 'billing.receivePayment');
      await settleAttempt(command, (facts) => receivePayment(facts, command));
    },
  };
}

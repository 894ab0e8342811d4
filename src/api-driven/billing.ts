import type { Payment, Stores } from '../datastore/index.ts';
import {
  type BillingService,
  commandSchemas,
  contentsOf,
  type Fact,
  failPayment,
  type PaymentFacts,
  receivePayment,
  UnknownEntityError,
  validate,
} from '../services/index.ts';
import type { Answering } from './answers.ts';
import type { CallingPorts } from './calling-ports.ts';

const schemas = commandSchemas.billing;

interface Attempt {
  readonly orderId: string;
  readonly paymentId: string;
}

type Decide = (facts: PaymentFacts) => { payment: Payment; events: readonly Fact[] };

/** Billing, which tells its customers itself what became of a payment. */
export function createBilling({ handOver }: CallingPorts): Answering<BillingService> {
  const settle =
    ({ orderId, paymentId }: Attempt, decide: Decide) =>
    async ({ orders, payments }: Stores): Promise<readonly Fact[]> => {
      const order = await orders.find(orderId);
      if (order === undefined) throw new UnknownEntityError('unknown_order', orderId);
      const { payment, events } = decide({ order, existing: await payments.find(paymentId) });
      await payments.insert(payment);
      return events;
    };

  return {
    async failPayment(input) {
      const command = validate(schemas.failPayment, input, 'billing.failPayment');
      const [told] = await handOver.tell(
        settle(command, (facts) => failPayment(facts, command)),
        (event) => {
          if (event.type !== 'PaymentFailed') return [];
          const { customerId, paymentId, orderId, amount, reason } = event.data;
          const variables = { orderId, amount, reason };
          return [{ type: 'payment-failed', customerId, cause: event, about: paymentId, variables }];
        },
      );
      return told;
    },

    async receivePayment(input) {
      const command = validate(schemas.receivePayment, input, 'billing.receivePayment');
      const [told] = await handOver.tell(
        settle(command, (facts) => receivePayment(facts, command)),
        async (event, stores) => {
          if (event.type !== 'PaymentReceived') return [];
          const { customerId, paymentId, orderId, amount } = event.data;
          const { items } = await contentsOf(stores, orderId);
          const variables = { orderId, paymentId, amount, items };
          return [{ type: 'payment-received', customerId, cause: event, about: paymentId, variables }];
        },
      );
      return told;
    },
  };
}

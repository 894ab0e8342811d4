import type { Payment } from '../datastore/index.ts';
import {
  type BillingService,
  commandSchemas,
  commit,
  contentsOf,
  type Fact,
  failPayment,
  type PaymentFacts,
  receivePayment,
  UnknownEntityError,
  validate,
} from '../services/index.ts';
import type { CallingPorts } from './calling-ports.ts';

const schemas = commandSchemas.billing;

interface Attempt {
  readonly orderId: string;
  readonly paymentId: string;
}

type Decide = (facts: PaymentFacts) => { payment: Payment; events: readonly Fact[] };

/** Billing, which tells its customers itself what became of a payment. */
export function createBilling({ notifications, ...ports }: CallingPorts): BillingService {
  const settle = ({ orderId, paymentId }: Attempt, decide: Decide) =>
    commit(ports, async ({ orders, payments }) => {
      const order = await orders.find(orderId);
      if (order === undefined) throw new UnknownEntityError('unknown_order', orderId);
      const { payment, events } = decide({ order, existing: await payments.find(paymentId) });
      await payments.insert(payment);
      return events;
    });

  return {
    async failPayment(input) {
      const command = validate(schemas.failPayment, input, 'billing.failPayment');
      const [event] = await settle(command, (facts) => failPayment(facts, command));
      if (event?.type !== 'PaymentFailed') return;
      const { customerId, paymentId, orderId, amount, reason } = event.data;
      await notifications.notify({
        type: 'payment-failed',
        customerId,
        cause: event,
        about: paymentId,
        variables: { orderId, amount, reason },
      });
    },

    async receivePayment(input) {
      const command = validate(schemas.receivePayment, input, 'billing.receivePayment');
      const [event] = await settle(command, (facts) => receivePayment(facts, command));
      if (event?.type !== 'PaymentReceived') return;
      const { customerId, paymentId, orderId, amount } = event.data;
      const { items } = await contentsOf(ports.datastore, orderId);
      await notifications.notify({
        type: 'payment-received',
        customerId,
        cause: event,
        about: paymentId,
        variables: { orderId, paymentId, amount, items },
      });
    },
  };
}

import fc from 'fast-check';
import type { Faults } from '../../../src/delivery/index.ts';
import type { Command } from '../../../src/services/index.ts';

/** One thing that happens to the shop, its providers, its clock or its process. */
export type Incident =
  | { readonly kind: 'command'; readonly command: Command }
  /** An event that was published before comes again: the same, or said once more under an id of its own. */
  | { readonly kind: 'repetition'; readonly nth: number; readonly isNew: boolean }
  | { readonly kind: 'provider'; readonly channel: 'email' | 'sms'; readonly faults: Faults }
  /** After so many more steps on the world. */
  | { readonly kind: 'crash'; readonly afterSteps: number }
  | { readonly kind: 'clock'; readonly forwardMs: number };

export const customerIds = ['kim', 'sam'] as const;
export const orderIds = ['order-0', 'order-1', 'order-2', 'order-3', 'order-4', 'order-5'] as const;
export const lineItemsPerOrder = 2;
export const blockableNumber = '+15550100123';

const secondMs = 1000;

const orderId = fc.constantFrom(...orderIds);

/** An order belongs to the same customer in every schedule. */
export const customerOf = (id: string): string => customerIds[Number(id.at(-1)) % 2] ?? customerIds[0];

const ordering = (command: string, data: object): Command =>
  ({ service: 'ordering', command, data }) as unknown as Command;

const place = orderId.map((id) =>
  ordering('placeOrder', {
    orderId: id,
    customerId: customerOf(id),
    lineItems: Array.from({ length: lineItemsPerOrder }, (_, index) => {
      return { lineItemId: `${id}-${index + 1}`, productId: 'gloves', quantity: 1 };
    }),
  }),
);

const shipItem = fc
  .tuple(orderId, fc.integer({ min: 1, max: lineItemsPerOrder }))
  .map(([id, item]) => ordering('shipLineItem', { orderId: id, lineItemId: `${id}-${item}` }));

const payment = fc.tuple(orderId, fc.nat(3), fc.boolean()).map(([id, attempt, hasFailed]): Command => {
  const data = { orderId: id, paymentId: `pay-${id}-${attempt}` };
  return hasFailed
    ? { service: 'billing', command: 'failPayment', data: { ...data, reason: 'card_declined' } }
    : { service: 'billing', command: 'receivePayment', data };
});

const price = fc.integer({ min: 1, max: 50 }).map((amount): Command => {
  const data = { productId: 'helmet', price: { amount: amount * 100, currency: 'USD' } };
  return { service: 'pricing', command: 'updatePrice', data };
});

const command = fc
  .oneof(
    { weight: 5, arbitrary: place },
    { weight: 5, arbitrary: shipItem },
    { weight: 2, arbitrary: orderId.map((id) => ordering('shipOrder', { orderId: id })) },
    { weight: 2, arbitrary: orderId.map((id) => ordering('deliverOrder', { orderId: id })) },
    { weight: 1, arbitrary: orderId.map((id) => ordering('cancelOrder', { orderId: id, reason: 'other' })) },
    { weight: 3, arbitrary: payment },
    { weight: 2, arbitrary: price },
  )
  .map((given): Incident => ({ kind: 'command', command: given }));

const faults: fc.Arbitrary<Faults> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      failureRate: fc.constantFrom(0.2, 0.6, 1),
      lostAnswerRate: fc.constantFrom(0.1, 0.5),
      latencyMs: fc.constantFrom(40, 5 * secondMs, 45 * secondMs),
      retryAfterMs: fc.constantFrom(2 * secondMs, 90 * secondMs),
      blockedRecipients: fc.constant([blockableNumber]),
    },
    { requiredKeys: [] },
  ),
);

const incident: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 12, arbitrary: command },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('repetition' as const), nth: fc.nat(200), isNew: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('provider' as const),
      channel: fc.constantFrom('email' as const, 'sms' as const),
      faults,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), afterSteps: fc.nat(40) }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(secondMs, 30 * secondMs, 10 * 60 * secondMs, 9 * 60 * 60 * secondMs)
      .map((forwardMs): Incident => ({ kind: 'clock', forwardMs })),
  },
);

export type Schedule = readonly Incident[];

/** At least 50 incidents. */
export const schedules: fc.Arbitrary<Schedule> = fc.array(incident, { minLength: 50, maxLength: 55 });

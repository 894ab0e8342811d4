import fc from 'fast-check';
import type { Faults } from '../../../src/delivery/index.ts';
import type { Command } from '../../../src/services/index.ts';
import {
  addressOf,
  type ChannelName,
  channelNames,
  customerOf,
  customers,
  lineItemsPerOrder,
  orderIds,
} from './cast.ts';
import type { AddressTrouble, Limit, Troubles } from './machine.ts';
import { earlyReports, type ReportIncident, reportIncident } from './reports.ts';

/** One thing that happens to the shop, its providers, its clock or its process. */
export type Incident =
  | { readonly kind: 'command'; readonly command: Command }
  /** An event that was published before comes again: the same, or said once more under an id of its own. */
  | { readonly kind: 'repetition'; readonly nth: number; readonly isNew: boolean }
  | {
      readonly kind: 'provider';
      readonly channel: ChannelName;
      readonly faults: Faults;
      readonly troubles: Troubles;
    }
  | ReportIncident
  /** Somebody lifts every suppression. */
  | { readonly kind: 'lift' }
  /** After so many more steps on the world. */
  | { readonly kind: 'crash'; readonly afterSteps: number }
  | { readonly kind: 'clock'; readonly forwardMs: number; readonly isStill: boolean }
  /** The clock on the wall is set, by so much; or the machine sleeps so long, which looks the same to a process. */
  | { readonly kind: 'set-clock'; readonly byMs: number };

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const orderId = fc.constantFrom(...orderIds);

const ordering = (command: string, data: object): Command =>
  ({ service: 'ordering', command, data }) as unknown as Command;

/** What is bought is out of the cart, so that its price is no news any more. */
const place = fc.tuple(orderId, fc.constantFrom('gloves', 'gloves', 'helmet')).map(([id, productId]) =>
  ordering('placeOrder', {
    orderId: id,
    customerId: customerOf(id),
    lineItems: Array.from({ length: lineItemsPerOrder }, (_, index) => {
      return { lineItemId: `${id}-${index + 1}`, productId, quantity: 1 };
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

const cartItem = fc.constantFrom(...customers).map(({ id: customerId }) => {
  return ordering('addCartItem', { customerId, productId: 'helmet', quantity: 1 });
});

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: place },
  { weight: 5, arbitrary: shipItem },
  { weight: 2, arbitrary: orderId.map((id) => ordering('shipOrder', { orderId: id })) },
  { weight: 2, arbitrary: orderId.map((id) => ordering('deliverOrder', { orderId: id })) },
  { weight: 1, arbitrary: orderId.map((id) => ordering('cancelOrder', { orderId: id, reason: 'other' })) },
  { weight: 3, arbitrary: payment },
  { weight: 2, arbitrary: price },
  { weight: 1, arbitrary: cartItem },
);

const someFaults: fc.Arbitrary<Faults> = fc.record(
  {
    failureRate: fc.constantFrom(0.2, 0.6),
    lostAnswerRate: fc.constantFrom(0.1, 0.5),
    latencyMs: fc.constantFrom(40, 5 * secondMs, 45 * secondMs),
    retryAfterMs: fc.constantFrom(2 * secondMs, 90 * secondMs),
    blockedRecipients: fc.constant([customers[0].phone]),
  },
  { requiredKeys: [] },
);

export const faults: fc.Arbitrary<Faults> = fc.oneof(
  { weight: 3, arbitrary: someFaults },
  // Asked every minute, one that is busy for nine hours would take a second.
  {
    weight: 1,
    arbitrary: fc.constantFrom({ failureRate: 1 }, { failureRate: 1, retryAfterMs: 20 * minuteMs }),
  },
);

/** "Busy, wait", with and without how long. */
export const limit: fc.Arbitrary<Limit> = fc.record({
  perSecond: fc.constantFrom(0.05, 0.3, 2),
  burst: fc.constantFrom(1, 2, 5),
  saysHowLong: fc.boolean(),
});

/** Behind the provider of text messages nobody has an endpoint of their own: nothing there is down for one alone. */
const troublesOf: Readonly<Record<ChannelName, readonly AddressTrouble[]>> = {
  email: ['not-now', 'never', 'down', 'slow'],
  sms: ['not-now', 'never', 'slow'],
  webhook: ['not-now', 'never', 'down', 'down', 'slow'],
};

/** Something is wrong with the address of one customer. */
export const troublesOfOne = (channel: ChannelName): fc.Arbitrary<Readonly<Record<string, AddressTrouble>>> =>
  fc
    .record({
      customer: fc.constantFrom(...customers),
      trouble: fc.constantFrom(...troublesOf[channel]),
    })
    .map(({ customer, trouble }) => ({ [addressOf(customer, channel)]: trouble }));

const provider = fc.constantFrom(...channelNames).chain((channel): fc.Arbitrary<Incident> => {
  const happens = (given: { faults?: Faults; troubles?: Troubles }): Incident => ({
    kind: 'provider',
    channel,
    faults: {},
    troubles: {},
    ...given,
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(happens({})) },
    { weight: 3, arbitrary: faults.map((each) => happens({ faults: each })) },
    { weight: 2, arbitrary: limit.map((each) => happens({ troubles: { limit: each } })) },
    {
      weight: 3,
      arbitrary: troublesOfOne(channel).map((each) => happens({ troubles: { addresses: each } })),
    },
    { weight: 2, arbitrary: earlyReports(channel).map((each) => happens({ faults: each })) },
  );
});

const incident: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 12, arbitrary: command.map((each): Incident => ({ kind: 'command', command: each })) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('repetition' as const), nth: fc.nat(200), isNew: fc.boolean() }),
  },
  { weight: 4, arbitrary: provider },
  { weight: 3, arbitrary: reportIncident },
  { weight: 1, arbitrary: fc.constant<Incident>({ kind: 'lift' }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), afterSteps: fc.nat(40) }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(-hourMs, -hourMs, hourMs, hourMs, 20 * minuteMs)
      .map((byMs): Incident => ({ kind: 'set-clock', byMs })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      forwardMs: fc.constantFrom(secondMs, 5 * secondMs, 30 * secondMs, 10 * minuteMs, 9 * hourMs),
      isStill: fc.nat(3).map((lot) => lot === 0),
    }),
  },
);

export type Schedule = readonly Incident[];

/** At least 50 incidents. */
export const schedules: fc.Arbitrary<Schedule> = fc.array(incident, { minLength: 50, maxLength: 55 });

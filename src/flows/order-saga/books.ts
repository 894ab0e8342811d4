import { millisecondsInDay } from 'date-fns/constants';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { isKnown, totalOf } from './goods.ts';
import { orderMessages as messages, type OrderMessage } from './messages.ts';
import type { OrderEnd } from './picture.ts';

const followUpAfterMs = 7 * millisecondsInDay;

/** Lets in what can be bought at all. */
export const validateStage: Stage<
  OrderMessage<'OrderSubmitted'>,
  OrderMessage<'OrderPlaced' | 'OrderCancelled'>
> = {
  name: 'validate',
  accepts: ['OrderSubmitted'],
  handle({ data }, { next }) {
    const { orderId, lines } = data;
    return lines.every(({ sku }) => isKnown(sku))
      ? [next(messages.OrderPlaced, { ...data, total: totalOf(lines) })]
      : [next(messages.OrderCancelled, { orderId, reason: 'unknown_sku' })];
  },
};

type Account = 'held' | 'customer' | 'cash' | 'sales';

/** From one account to another: debit is credit. */
export interface Booking {
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: number;
}

const bookings = {
  PaymentAuthorised: { debit: 'held', credit: 'customer' },
  PaymentCaptured: { debit: 'cash', credit: 'held' },
  PaymentVoided: { debit: 'customer', credit: 'held' },
  PaymentRefunded: { debit: 'customer', credit: 'cash' },
} as const;

/** Books every movement of money once, under its order. */
export const ledgerStage: Stage<
  OrderMessage<keyof typeof bookings>,
  never,
  readonly (Booking & { readonly of: string })[]
> = {
  name: 'ledger',
  accepts: ['PaymentAuthorised', 'PaymentCaptured', 'PaymentVoided', 'PaymentRefunded'],
  state: { initial: () => [] },
  handle({ type, data: { amount } }, { state }) {
    const booked = state.get();
    if (amount === 0 || booked.some(({ of }) => of === type)) return [];
    // Held, and never heard of, until it is let go again.
    const unheard = type === 'PaymentVoided' && !booked.some(({ of }) => of === 'PaymentAuthorised');
    const held = unheard ? [{ of: 'PaymentAuthorised', ...bookings.PaymentAuthorised, amount }] : [];
    state.set([...booked, ...held, { of: type, ...bookings[type], amount }]);
    return [];
  },
};

/** Counts what was sold. */
export const salesStage: Stage<
  OrderMessage<'OrderConfirmed'>,
  OrderMessage<'SalesRecorded'>,
  { readonly orders: number; readonly revenue: number }
> = {
  name: 'analytics',
  accepts: ['OrderConfirmed'],
  concurrency: 1,
  state: { initial: () => ({ orders: 0, revenue: 0 }), key: () => 'sales' },
  handle({ data: { orderId, total } }, { state, next }) {
    const { orders, revenue } = state.get();
    state.set({ orders: orders + 1, revenue: revenue + total });
    return [next(messages.SalesRecorded, { orderId, total })];
  },
};

/** Asks a week later how the customer likes it. */
export const followUpStage: Stage<
  OrderMessage<'OrderConfirmed' | 'FollowUpDue'>,
  never,
  { readonly askedAtMs: number | null }
> = {
  name: 'follow-up',
  accepts: ['OrderConfirmed', 'FollowUpDue'],
  state: { initial: () => ({ askedAtMs: null }) },
  handle({ type, data: { orderId } }, { state, at, next, nowMs }) {
    if (type === 'FollowUpDue') state.set({ askedAtMs: nowMs });
    else at(orderId, nowMs + followUpAfterMs, next(messages.FollowUpDue, { orderId }));
    return [];
  },
};

/** What became of each order that was let in or not. */
export const endStage: Stage<
  OrderMessage<'OrderConfirmed' | 'OrderCancelled'>,
  never,
  readonly OrderEnd[]
> = {
  name: 'ends',
  accepts: ['OrderConfirmed', 'OrderCancelled'],
  state: { initial: () => [] },
  handle(message, { state }) {
    const end = message.type === 'OrderConfirmed' ? 'confirmed' : message.data.reason;
    const total = message.type === 'OrderConfirmed' ? message.data.total : 0;
    state.set([...state.get(), { end, total, atMs: Date.parse(message.time) }]);
    return [];
  },
};

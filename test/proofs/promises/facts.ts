import type { NotificationRecord } from '../../../src/datastore/index.ts';
import { customers } from '../support/cast.ts';
import type { Entry, History } from '../support/history.ts';

/** What is known of the shop between two moments, one state after the other. */
interface State {
  readonly statuses: readonly string[];
  readonly price: unknown;
  readonly isInCart: boolean;
  /** `perhaps`: it was said once more of an earlier payment, and who heard that is another matter. */
  readonly isPaid: boolean | 'perhaps';
}

/**
 * Whether what a notification says is no longer so: in every state that the shop was in between two moments, or in one
 * of them. From the history alone, written without the code that it checks.
 */
export class Facts {
  readonly #entries: readonly Entry[];

  constructor(history: History) {
    this.#entries = history.entries.filter(({ kind }) => ['event', 'cart', 'said-again'].includes(kind));
  }

  isAlwaysOver(notification: NotificationRecord, fromSeq: number, toSeq: number): boolean {
    return this.#states(notification, fromSeq, toSeq).every((state) => isOver(notification, state) === true);
  }

  isEverOver(notification: NotificationRecord, fromSeq: number, toSeq: number): boolean {
    return this.#states(notification, fromSeq, toSeq).some((state) => isOver(notification, state) !== false);
  }

  #states(notification: NotificationRecord, fromSeq: number, toSeq: number): State[] {
    const { customerId, subject, causeId } = notification;
    const states: State[] = [];
    const isCustomer = customers.some(({ id }) => id === customerId);
    let state: State = { statuses: [], price: undefined, isInCart: isCustomer, isPaid: false };
    let isAfterCause = false;
    for (const entry of this.#entries) {
      if (entry.seq > toSeq) break;
      if (entry.seq > fromSeq && states.length === 0) states.push(state);
      if (entry.kind === 'cart') {
        const isThis = entry.customerId === customerId && entry.productId === subject;
        if (isThis) state = { ...state, isInCart: entry.isIn };
      } else if (entry.kind === 'said-again') {
        const isThis = entry.event.subject === subject && entry.event.type === 'PaymentReceived';
        if (isThis && isAfterCause && !state.isPaid) state = { ...state, isPaid: 'perhaps' };
      } else if (entry.kind === 'event' && entry.event.subject === subject) {
        const { id, type, data } = entry.event;
        if (type === 'OrderStatusChanged')
          state = { ...state, statuses: [...state.statuses, String(fieldOf(data, 'status'))] };
        if (type === 'PriceChanged') state = { ...state, price: fieldOf(data, 'price') };
        if (type === 'PaymentReceived' && isAfterCause) state = { ...state, isPaid: true };
        if (id === causeId) isAfterCause = true;
      } else continue;
      if (entry.seq > fromSeq) states.push(state);
    }
    return states.length > 0 ? states : [state];
  }
}

const fieldOf = (data: unknown, name: string): unknown => (data as Record<string, unknown>)[name];

function isOver({ type, variables }: NotificationRecord, state: State): boolean | 'perhaps' {
  switch (type) {
    case 'order-confirmed':
      return state.statuses.includes('cancelled');
    case 'order-shipped':
    case 'order-complete':
      return state.statuses.includes('delivered');
    case 'payment-failed':
      return state.isPaid;
    case 'price-drop':
      return !state.isInCart || JSON.stringify(state.price) !== JSON.stringify(variables.price);
    default:
      return false;
  }
}

import type { Money, OrderStatus } from '../events/index.ts';
import type { NotificationType } from './catalogue.ts';
import type { Notification } from './notification.ts';

/** How the shop stands at the moment of asking, as far as one notification asks for it. */
export interface ShopFacts {
  /** What the product of its subject costs; undefined: there is no such product. */
  readonly price?: Money | undefined;
  /** Whether that product is in the customer's cart. */
  readonly isInCart?: boolean;
  /** Of the order of its subject; undefined: there is no such order. */
  readonly orderStatus?: OrderStatus | undefined;
  /** Whether a payment for that order has come in since its cause. */
  readonly isPaidSince?: boolean;
}

export type ShopFact = keyof ShopFacts;

interface OvertakenRule {
  /** What has to be known. */
  readonly asks: readonly ShopFact[];
  holds(facts: ShopFacts, variables: Readonly<Record<string, unknown>>): boolean;
}

const whenDelivered: OvertakenRule = {
  asks: ['orderStatus'],
  holds: ({ orderStatus }) => orderStatus === 'delivered',
};

/** When what a notification says is no longer so. What is not here is never overtaken. */
const rules: Readonly<Partial<Record<NotificationType, OvertakenRule>>> = {
  'order-confirmed': {
    asks: ['orderStatus'],
    holds: ({ orderStatus }) => orderStatus === 'cancelled',
  },
  'order-shipped': whenDelivered,
  'order-complete': whenDelivered,
  'payment-failed': {
    asks: ['isPaidSince'],
    holds: ({ isPaidSince }) => isPaidSince === true,
  },
  'price-drop': {
    asks: ['price', 'isInCart'],
    holds: ({ price, isInCart }, { price: announced }) =>
      isInCart !== true || (isMoney(announced) && !isSameMoney(announced, price)),
  },
};

/** What has to be known to say whether a notification of this type is overtaken; nothing: it never is. */
export function factsFor(type: NotificationType): readonly ShopFact[] {
  return rules[type]?.asks ?? [];
}

/**
 * Whether what it says is no longer so, now that it would be sent. `facts` holds what {@link factsFor} asks for.
 * One that does not say which price it announces, as whoever filled the ledger may have left it, is not overtaken
 * by a price.
 */
export function isOvertaken({ type, variables }: Pick<Notification, 'type' | 'variables'>, facts: ShopFacts) {
  return rules[type]?.holds(facts, { ...variables }) ?? false;
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

const isSameMoney = (one: Money, other: Money | undefined): boolean =>
  one.amount === other?.amount && one.currency === other.currency;

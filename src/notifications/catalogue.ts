import type { Money } from '../events/index.ts';

export type Priority = 'low' | 'normal' | 'high' | 'critical';

export interface NotificationKind {
  /** What a customer switches on or off. */
  readonly category: string;
  readonly priority: Priority;
  /** Tried on these channels only; left out, on every channel. */
  readonly onlyOn?: readonly string[];
  /** How a phone rings for its push; null: it does not. Left out, as it does for anything. */
  readonly sound?: string | null;
  /** How long after its cause it is worth sending. Left out, always. */
  readonly usefulForMinutes?: number;
}

/** Every notification that the shop sends, by itself or for a person. */
export const notificationKinds = {
  welcome: { category: 'account', priority: 'normal', onlyOn: ['email'] },
  'order-confirmed': { category: 'order_updates', priority: 'normal' },
  'order-shipped': { category: 'order_updates', priority: 'normal' },
  'order-complete': { category: 'order_updates', priority: 'normal' },
  'order-delivered': { category: 'order_updates', priority: 'normal' },
  'order-cancelled': { category: 'order_updates', priority: 'normal' },
  'payment-failed': { category: 'payment_alerts', priority: 'high', sound: 'alert.caf' },
  'payment-received': { category: 'payment_alerts', priority: 'normal' },
  'price-drop': { category: 'price_alerts', priority: 'low', sound: null, usefulForMinutes: 24 * 60 },
  'promotion-available': {
    category: 'promotions',
    priority: 'low',
    sound: null,
    usefulForMinutes: 3 * 24 * 60,
  },
  /** A person's own words; who asks has decided, so that neither preferences nor quiet hours hold it back. */
  'own-text': { category: 'account', priority: 'high' },
} as const satisfies Record<string, NotificationKind>;

export type NotificationType = keyof typeof notificationKinds;

export interface OrderedItem {
  readonly name: string;
  readonly quantity: number;
  /** Of one, when the order was placed. */
  readonly unitPrice: Money;
}

/** What each notification's templates are given, beside the customer's name. */
export interface NotificationVariables {
  welcome: Record<never, never>;
  'order-confirmed': {
    orderId: string;
    items: readonly OrderedItem[];
    total: Money;
  };
  'order-shipped': { orderId: string };
  'order-complete': { orderId: string; trackingNumbers: readonly string[] };
  'order-delivered': { orderId: string };
  /** `reason` is a code, such as `customer_request`; null when none is known. */
  'order-cancelled': { orderId: string; reason: string | null };
  /** `reason` is a code, such as `card_declined`. */
  'payment-failed': { orderId: string; amount: Money; reason: string };
  /** Its email has a receipt, which also says which attempt to pay it was and what was bought. */
  'payment-received': {
    orderId: string;
    paymentId: string;
    amount: Money;
    items: readonly OrderedItem[];
  };
  'price-drop': { productName: string; previousPrice: Money; price: Money };
  'promotion-available': { name: string; code: string; discountPercent: number };
  /** `metadata` is kept beside it, and not shown. */
  'own-text': { subject: string; message: string; metadata?: Readonly<Record<string, unknown>> };
}

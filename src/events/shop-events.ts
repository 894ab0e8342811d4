import { z } from 'zod';
import { accountEvents } from './account-events.ts';
import { defineMessage, type MessagesOf } from './definition.ts';
import { profileSchema, segments } from './profile.ts';

/** An entity's id. */
export const idSchema = z.string().min(1).max(200);

export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as USD');

/** JSON has a minus zero, which is not below zero and is written with a minus. */
export const isNoMinusZero = (amount: number): boolean => !Object.is(amount, -0);

/** `amount` is a whole number of the currency's minor unit: 3499 USD is $34.99. */
export const moneySchema = z.object({
  amount: z.int().nonnegative().refine(isNoMinusZero, 'must not be negative'),
  currency: currencySchema,
});
export type Money = z.infer<typeof moneySchema>;

export const orderStatusSchema = z.enum(['placed', 'shipped', 'delivered', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

export const lineItemStatusSchema = z.enum(['pending', 'shipped', 'delivered', 'cancelled']);
export type LineItemStatus = z.infer<typeof lineItemStatusSchema>;

const orderStatusChangedV1 = z.object({
  orderId: idSchema,
  customerId: idSchema,
  previousStatus: orderStatusSchema.nullable(),
  status: orderStatusSchema,
});

/** Version 2 says why: the reason of a cancellation, null for every other change. */
const orderStatusChangedV2 = orderStatusChangedV1.extend({ reason: z.string().min(1).nullable() });

/** Version 3 says what was ordered when it is placed; null for every other change, and where nobody wrote it down. */
const orderStatusChangedV3 = orderStatusChangedV2.extend({
  lineItems: z
    .array(
      z.object({
        lineItemId: idSchema,
        productId: idSchema,
        quantity: z.int().positive(),
        /** Of one, when the order was placed. */
        unitPrice: moneySchema,
      }),
    )
    .nullable(),
});

const customerRegisteredV1 = z.object({ customerId: idSchema });

/** Version 2 says who; null where nobody wrote it down, or where it was taken out of the log. */
const customerRegisteredV2 = customerRegisteredV1.extend({ profile: profileSchema.nullable() });

const paymentSchema = z.object({
  paymentId: idSchema,
  orderId: idSchema,
  customerId: idSchema,
  amount: moneySchema,
});

/** What the shop publishes. */
export const shopEvents = {
  CustomerRegistered: defineMessage({
    type: 'CustomerRegistered',
    source: '/services/accounts',
    subject: (data) => data.customerId,
    versions: [customerRegisteredV1, customerRegisteredV2],
    upcasters: [(older: z.infer<typeof customerRegisteredV1>) => ({ ...older, profile: null })],
  }),
  ProductAdded: defineMessage({
    type: 'ProductAdded',
    source: '/services/pricing',
    subject: (data) => data.productId,
    versions: [z.object({ productId: idSchema, name: z.string().min(1), price: moneySchema })],
  }),
  /** So many more than the cart held before. */
  CartItemAdded: defineMessage({
    type: 'CartItemAdded',
    source: '/services/ordering',
    subject: (data) => data.customerId,
    versions: [z.object({ customerId: idSchema, productId: idSchema, quantity: z.int().positive() })],
  }),
  /** All that the cart held of it: it was ordered. */
  CartItemRemoved: defineMessage({
    type: 'CartItemRemoved',
    source: '/services/ordering',
    subject: (data) => data.customerId,
    versions: [
      z.object({
        customerId: idSchema,
        productId: idSchema,
        quantity: z.int().positive(),
        orderId: idSchema,
      }),
    ],
  }),
  OrderStatusChanged: defineMessage({
    type: 'OrderStatusChanged',
    source: '/services/ordering',
    subject: (data) => data.orderId,
    versions: [orderStatusChangedV1, orderStatusChangedV2, orderStatusChangedV3],
    upcasters: [
      (older: z.infer<typeof orderStatusChangedV1>) => ({ ...older, reason: null }),
      (older: z.infer<typeof orderStatusChangedV2>) => ({ ...older, lineItems: null }),
    ],
  }),
  LineItemStatusChanged: defineMessage({
    type: 'LineItemStatusChanged',
    source: '/services/ordering',
    subject: (data) => data.orderId,
    versions: [
      z.object({
        orderId: idSchema,
        customerId: idSchema,
        lineItemId: idSchema,
        productId: idSchema,
        quantity: z.int().positive(),
        previousStatus: lineItemStatusSchema.nullable(),
        status: lineItemStatusSchema,
        trackingNumber: z.string().min(1).optional(),
      }),
    ],
  }),
  PriceChanged: defineMessage({
    type: 'PriceChanged',
    source: '/services/pricing',
    subject: (data) => data.productId,
    versions: [z.object({ productId: idSchema, previousPrice: moneySchema, price: moneySchema })],
  }),
  PaymentFailed: defineMessage({
    type: 'PaymentFailed',
    source: '/services/billing',
    subject: (data) => data.orderId,
    versions: [paymentSchema.extend({ reason: z.string().min(1) })],
  }),
  PaymentReceived: defineMessage({
    type: 'PaymentReceived',
    source: '/services/billing',
    subject: (data) => data.orderId,
    versions: [paymentSchema],
  }),
  /** Customers in these segments get so many percent off, with this code. */
  PromotionActivated: defineMessage({
    type: 'PromotionActivated',
    source: '/services/promotions',
    subject: (data) => data.promotionId,
    versions: [
      z.object({
        promotionId: idSchema,
        name: z.string().min(1),
        code: z.string().min(1),
        discountPercent: z.int().min(1).max(100),
        segments: z.array(z.enum(segments)).min(1),
      }),
    ],
  }),
  ...accountEvents,
  /** Told to those who run the shop: something will not be tried again without a person. */
  DeadLetterAdded: defineMessage({
    type: 'DeadLetterAdded',
    source: '/operations',
    subject: (data) => data.deadLetterId,
    versions: [
      z.object({
        /** As `npm run dead-letters` shows it. */
        deadLetterId: z.string().min(1),
        kind: z.enum(['delivery', 'message']),
        /** The type of the notification or message. */
        what: z.string(),
        /** The channel or the subscriber that failed. */
        where: z.string(),
        reason: z.string(),
        attempts: z.int().nonnegative(),
      }),
    ],
  }),
} as const;

/** Event type → its data: what a subscriber of the shop can ask for. */
export type ShopEvents = MessagesOf<typeof shopEvents>;
export type ShopEventType = keyof ShopEvents;

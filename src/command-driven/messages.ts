import { z } from 'zod';
import {
  defineMessage,
  idSchema,
  type Message,
  type MessagesOf,
  moneySchema,
  segments,
  shopEvents,
} from '../events/index.ts';
import { deliveryId, notificationKinds, type OwnText, ownTextSchema } from '../notifications/index.ts';

const notificationSchema = z.object({
  id: z.string().min(1),
  type: z.enum(Object.keys(notificationKinds)),
  customerId: idSchema,
  subject: z.string(),
  causeId: z.string(),
  correlationId: z.string(),
  occurredAtMs: z.int(),
  /** Of one that waited. */
  requestedAtMs: z.int().optional(),
  variables: z.record(z.string(), z.unknown()),
});

const deliverySchema = z.object({
  notificationId: z.string().min(1),
  channel: z.string().min(1),
  /** 1 at the first. */
  attempt: z.int().positive(),
});

/** The event of which many are told. */
const causeSchema = z.object({
  id: z.string(),
  subject: z.string(),
  time: z.string(),
  correlationId: z.string(),
});

/** Of many that are told page by page: the first after whom, in the order of their ids. */
const page = { afterCustomerId: z.string(), cause: causeSchema };

const movedV1 = deliverySchema.extend({ type: z.string(), reason: z.string() });
/** With how often it was tried, as the ledger counts: a provider that was busy has not tried. */
const movedV2 = movedV1.extend({ attempts: z.int().nonnegative() });

const source = '/command-driven';

/** Messages about one delivery are ordered by its id. */
const ofOneDelivery = {
  source,
  subject: ({
    notificationId,
    channel,
  }: Pick<z.infer<typeof deliverySchema>, 'notificationId' | 'channel'>): string =>
    deliveryId(notificationId, channel),
};

/** What passes between the handlers. Everything that a handler needs to know travels in the message. */
export const notificationMessages = {
  /** Who had the product in the cart is to be told of its lower price: a page of them, from here on. */
  FindPriceDropCandidates: defineMessage({
    type: 'FindPriceDropCandidates',
    source,
    subject: (data) => data.productId,
    versions: [
      z.object({
        productId: idSchema,
        previousPrice: moneySchema,
        price: moneySchema,
        ...page,
      }),
    ],
  }),
  /** Who is in its segments is to be told of a promotion: a page of them, from here on. */
  FindPromotionCandidates: defineMessage({
    type: 'FindPromotionCandidates',
    source,
    subject: (data) => data.promotionId,
    versions: [
      z.object({
        promotionId: idSchema,
        name: z.string(),
        code: z.string(),
        discountPercent: z.int(),
        segments: z.array(z.enum(segments)),
        ...page,
      }),
    ],
  }),
  /** A customer is to be told something, on every channel that is meant for it. */
  NotificationRequested: defineMessage({
    type: 'NotificationRequested',
    source,
    // What is said of one subject to one customer is entered in the order of its causes.
    subject: ({ notification: { customerId, subject } }) => `${customerId}/${subject}`,
    versions: [z.object({ notification: notificationSchema })],
  }),
  /** Send it on this channel, for the n-th time; or one's own text, which becomes such a command. */
  SendNotification: defineMessage({
    type: 'SendNotification',
    ...ofOneDelivery,
    versions: [z.union([deliverySchema.extend({ notification: notificationSchema }), ownTextSchema])],
  }),
  NotificationSent: defineMessage({
    type: 'NotificationSent',
    ...ofOneDelivery,
    versions: [deliverySchema.extend({ receipt: z.string().nullable() })],
  }),
  NotificationFailed: defineMessage({
    type: 'NotificationFailed',
    ...ofOneDelivery,
    versions: [deliverySchema.extend({ reason: z.string() })],
  }),
  /** It will be sent again: the next attempt, and when. */
  NotificationRetrying: defineMessage({
    type: 'NotificationRetrying',
    ...ofOneDelivery,
    versions: [deliverySchema.extend({ at: z.iso.datetime() })],
  }),
  NotificationMovedToDeadLetter: defineMessage({
    type: 'NotificationMovedToDeadLetter',
    ...ofOneDelivery,
    versions: [movedV1, movedV2],
    upcasters: [(older: z.infer<typeof movedV1>) => ({ ...older, attempts: older.attempt })],
  }),
} as const;

/** All that flows on the bus of this architecture. */
export const commandDrivenMessages = { ...shopEvents, ...notificationMessages };
export type CommandDrivenMessages = MessagesOf<typeof commandDrivenMessages>;

type SendData = CommandDrivenMessages['SendNotification'];
/** Of a delivery that stands in the ledger. */
export type DeliveryCommand = Message<'SendNotification', Exclude<SendData, OwnText>>;

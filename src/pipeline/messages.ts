import { z } from 'zod';
import {
  defineMessage,
  idSchema,
  type MessageDefinition,
  type MessageOf,
  type MessagesOf,
  moneySchema,
  segments,
  shopEvents,
} from '../events/index.ts';
import { type Notification, notificationKinds } from '../notifications/index.ts';

const text = z.string().min(1);

const known = z.object({ id: text, type: z.enum(Object.keys(notificationKinds)), customerId: idSchema });
/** One of the shop's own, whole; its words are in the templates. */
const notification = z.custom<Notification>((value) => known.safeParse(value).success, 'is no notification');

/** The event of which many are told. */
const cause = z.object({ id: text, subject: text, time: text, correlationId: text });

/** A price that dropped, of which not everybody has been told who had the product in the cart. */
const priceDrop = z.object({
  productId: idSchema,
  previousPrice: moneySchema,
  price: moneySchema,
  cause,
});
export type PriceDrop = z.infer<typeof priceDrop>;

/** A promotion, of which not everybody in its segments has been told. */
const promotion = z.object({
  promotionId: idSchema,
  name: text,
  code: text,
  discountPercent: z.int(),
  segments: z.array(z.enum(segments)),
  cause,
});
export type Promotion = z.infer<typeof promotion>;

/** Why a request was refused: a stable code, and what it says to a person. */
const validationError = z.object({ code: text, words: text });
export type ValidationError = z.infer<typeof validationError>;

/** One request, through all stages. */
const request = z.object({ requestId: text, userId: z.string(), hops: z.int().nonnegative() });
/** A person's own words, or a notification of the shop. */
const message = z.union([z.string(), notification]);
const whole = request.extend({
  message,
  channels: z.array(z.string()),
  priority: z.string(),
  /** With the last request of a page: what the next page is of. */
  rest: z.union([priceDrop, promotion]).optional(),
});
/** One request on one channel. */
const delivery = request.extend({ channel: text });
/**
 * `attempts`: how often the provider was asked, or was about to be; `reason`: a stable code; `receipt`: what the
 * provider calls the message, null when it took none.
 */
const end = delivery.extend({ attempts: z.int(), reason: text, receipt: z.string().nullable() });

type Request = z.infer<typeof request>;

/** Messages about one user stay in order; a request that names none has only itself to keep up with. */
const subject = ({ userId, requestId }: Request): string => (userId === '' ? requestId : `users/${userId}`);

const define = <const Type extends string, Schema extends z.ZodType<Request>>(
  type: Type,
  schema: Schema,
): MessageDefinition<Type, z.infer<Schema>> =>
  defineMessage({ type, source: '/pipeline', subject, versions: [schema] });

/** All that flows on the bus: what the shop says, and what the stages say to one another, in their order. */
export const pipelineMessages = {
  ...shopEvents,
  /** As it comes in: whether it makes sense is for the pipeline to say. */
  NotificationSubmitted: define('NotificationSubmitted', whole),
  /** Each channel once. */
  NotificationValidated: define('NotificationValidated', whole),
  /** Refused, with every reason at once. */
  NotificationFailed: define(
    'NotificationFailed',
    request.extend({ reasons: z.array(validationError).min(1) }),
  ),
  /** A page of requests is through with this one; who comes after this user is to be told too. */
  PriceDropContinued: define('PriceDropContinued', request.extend({ rest: priceDrop })),
  /** The same of a promotion. */
  PromotionContinued: define('PromotionContinued', request.extend({ rest: promotion })),
  /** For the stage of its channel. */
  DeliveryRouted: define('DeliveryRouted', delivery.extend({ message })),
  DeliverySent: define('DeliverySent', end),
  DeliverySkipped: define('DeliverySkipped', end),
  DeliveryFailed: define('DeliveryFailed', end),
  /** On record, whatever its end: where those who ask wait for it. */
  DeliveryCompleted: define('DeliveryCompleted', end),
} as const;

export type PipelineMessages = MessagesOf<typeof pipelineMessages>;
type Type = keyof PipelineMessages;
export type PipelineMessage<Of extends Type = Type> = MessageOf<PipelineMessages, Of>;

import { z } from 'zod';
import {
  defineMessage,
  idSchema,
  type MessageDefinition,
  type MessageOf,
  type MessagesOf,
  moneySchema,
  shopEvents,
} from '../events/index.ts';
import { notificationKinds, type Priority } from '../notifications/index.ts';

export const priorities = ['low', 'normal', 'high', 'critical'] as const satisfies readonly Priority[];

/** One of the shop's own: its words are in the templates. */
const notification = z.object({
  id: z.string().min(1),
  type: z.enum(Object.keys(notificationKinds)),
  customerId: idSchema,
  subject: z.string(),
  causeId: z.string(),
  correlationId: z.string(),
  occurredAtMs: z.int(),
  variables: z.record(z.string(), z.unknown()),
});

/** A price that dropped, of which not everybody has been told who has the product in the cart. */
const priceDrop = z.object({
  productId: idSchema,
  previousPrice: moneySchema,
  price: moneySchema,
  cause: z.object({ id: z.string(), subject: z.string(), time: z.string(), correlationId: z.string() }),
});
export type PriceDrop = z.infer<typeof priceDrop>;

const complaint = z.object({
  /** Stable. */
  code: z.string(),
  /** What it says to a person. */
  words: z.string(),
});
export type Complaint = z.infer<typeof complaint>;

/** One request, through all stages. */
const request = z.object({ requestId: z.string().min(1), userId: z.string(), hops: z.int().nonnegative() });
/** A person's own words, or a notification of the shop; and with the last of a page, what the next one is of. */
const content = z.object({ message: z.union([z.string(), notification]), rest: priceDrop.optional() });
const priority = z.enum(priorities);
/** One request on one channel. */
const delivery = request.extend({ channel: z.string().min(1) });
/** `reason` is a stable code; `receipt` what the provider calls the message, null when it took none. */
const end = delivery.extend({ attempts: z.int(), reason: z.string(), receipt: z.string().nullable() });

/** Messages about one user stay in order; a request that names none has only itself to keep up with. */
const define = <const Type extends string, Schema extends z.ZodType<z.infer<typeof request>>>(
  type: Type,
  schema: Schema,
): MessageDefinition<Type, z.infer<Schema>> => {
  const subject = ({ userId, requestId }: z.infer<typeof request>): string =>
    userId === '' ? requestId : `users/${userId}`;
  return defineMessage({ type, source: '/pipeline', subject, versions: [schema] });
};

/** What the stages say to one another, in the order in which a request meets them. */
export const requestMessages = {
  /** As it comes in: whether it makes sense is for the pipeline to say. */
  NotificationSubmitted: define(
    'NotificationSubmitted',
    request.extend({ ...content.shape, channels: z.array(z.string()), priority: z.string() }),
  ),
  /** Each channel once. */
  NotificationValidated: define(
    'NotificationValidated',
    request.extend({ ...content.shape, channels: z.array(z.string()).min(1), priority }),
  ),
  /** Refused, with every reason at once. */
  NotificationFailed: define('NotificationFailed', request.extend({ reasons: z.array(complaint).min(1) })),
  /** A page of requests is through with this one; who comes after this user is to be told too. */
  PriceDropContinued: define('PriceDropContinued', request.extend({ rest: priceDrop })),
  /** For the stage of its channel. */
  DeliveryRouted: define('DeliveryRouted', delivery.extend({ message: content.shape.message, priority })),
  DeliverySent: define('DeliverySent', end),
  DeliverySkipped: define('DeliverySkipped', end),
  DeliveryFailed: define('DeliveryFailed', end),
} as const;

export type RequestMessages = MessagesOf<typeof requestMessages>;
export type RequestMessage<Type extends keyof RequestMessages = keyof RequestMessages> = MessageOf<
  RequestMessages,
  Type
>;

/** All that flows on the bus of this architecture. */
export const pipelineMessages = { ...shopEvents, ...requestMessages };
export type PipelineMessages = MessagesOf<typeof pipelineMessages>;
export type PipelineMessage<Type extends keyof PipelineMessages = keyof PipelineMessages> = MessageOf<
  PipelineMessages,
  Type
>;

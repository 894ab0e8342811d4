import { z } from 'zod';
import {
  defineMessage,
  idSchema,
  type MessageDefinition,
  type MessageOf,
  type MessagesOf,
} from '../events/index.ts';
import type { Priority } from '../notifications/index.ts';

export const priorities = ['low', 'normal', 'high', 'critical'] as const satisfies readonly Priority[];

/** What somebody wants a user to be told, as it comes in: whether it makes sense is for the pipeline to say. */
export const notificationRequestSchema = z.object({
  userId: z.string(),
  channels: z.array(z.string()),
  message: z.string(),
  priority: z.string().default('normal'),
});
export type NotificationRequest = z.infer<typeof notificationRequestSchema>;

const complaint = z.object({
  /** Stable. */
  code: z.enum([
    'missing_user',
    'unknown_user',
    'no_channel',
    'unknown_channel',
    'empty_message',
    'unknown_priority',
  ]),
  /** What it says to a person. */
  words: z.string(),
});
export type Complaint = z.infer<typeof complaint>;

/** One request, through all stages. */
const request = z.object({ requestId: idSchema, userId: z.string(), hops: z.int().nonnegative() });
const checked = { message: z.string().min(1), priority: z.enum(priorities) };
/** One request on one channel. */
const delivery = request.extend({ channel: z.string().min(1) });
/** `reason` is a stable code; `receipt` what the provider calls the message, null when it took none. */
const end = delivery.extend({ attempts: z.int(), reason: z.string(), receipt: z.string().nullable() });

/** Messages about one user stay in order; a request that names none has only itself to keep up with. */
const define = <const Type extends string, Schema extends z.ZodType<z.infer<typeof request>>>(
  type: Type,
  schema: Schema,
): MessageDefinition<Type, z.infer<Schema>> => {
  const subject = ({ userId, requestId }: z.infer<typeof request>): string => userId || requestId;
  return defineMessage({ type, source: '/pipeline', subject, versions: [schema] });
};

/** What the stages say to one another, in the order in which a request meets them. */
export const pipelineMessages = {
  NotificationSubmitted: define(
    'NotificationSubmitted',
    request.extend(notificationRequestSchema.required().shape),
  ),
  /** Each channel once. */
  NotificationValidated: define(
    'NotificationValidated',
    request.extend({ ...checked, channels: z.array(z.string()).min(1) }),
  ),
  /** Refused, with every reason at once. */
  NotificationFailed: define('NotificationFailed', request.extend({ reasons: z.array(complaint).min(1) })),
  /** For the stage of its channel. */
  DeliveryRouted: define('DeliveryRouted', delivery.extend(checked)),
  DeliverySent: define('DeliverySent', end),
  DeliverySkipped: define('DeliverySkipped', end),
  DeliveryFailed: define('DeliveryFailed', end),
} as const;

export type PipelineMessages = MessagesOf<typeof pipelineMessages>;
export type PipelineMessage<Type extends keyof PipelineMessages = keyof PipelineMessages> = MessageOf<
  PipelineMessages,
  Type
>;

import { z } from 'zod';
import type { Catalogue, MessagesOf } from './definition.ts';
import type { Message, MessageOf } from './message.ts';
import { describeIssues, InvalidMessageError, parseMessage } from './parse.ts';
import { traceparentOf } from './trace-context.ts';

/** The JSON format of CloudEvents 1.0; extension attributes are lower case, as its naming rules ask. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly correlationid: string;
  readonly causationid: string;
  readonly schemaversion: number;
  /** The distributed-tracing extension. */
  readonly traceparent: string;
  readonly data: unknown;
}

export function toCloudEvent(message: Message): CloudEvent {
  return {
    specversion: '1.0',
    id: message.id,
    type: message.type,
    source: message.source,
    subject: message.subject,
    time: message.time,
    datacontenttype: 'application/json',
    correlationid: message.correlationId,
    causationid: message.causationId,
    schemaversion: message.schemaVersion,
    traceparent: traceparentOf(message),
    data: message.data,
  };
}

const timeSchema = z.iso.datetime({ offset: true });

/**
 * What others send: the attributes that only we know may be missing. A `traceparent` is not kept: of a message of ours it
 * follows from its ids, and one of another's program names a span of a trace that this message does not join.
 */
const incomingSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  type: z.string(),
  source: z.string(),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json').optional(),
  correlationid: z.string().optional(),
  causationid: z.string().optional(),
  schemaversion: z.int().optional(),
  data: z.unknown(),
});

/**
 * The message that a CloudEvent in JSON carries, in the version in which it was written: to be kept, not to be handled.
 * @throws {InvalidMessageError} when it is not a CloudEvent 1.0, or not one that `catalogue` knows.
 */
export function keptCloudEvent(catalogue: Catalogue, input: unknown): Message {
  const message = toMessage(input);
  parseMessage(catalogue, message);
  return message;
}

/**
 * The message that a CloudEvent in JSON carries. Without our extension attributes it begins a story of
 * its own, in schema version 1.
 * @throws {InvalidMessageError} when it is not a CloudEvent 1.0, or not one that `catalogue` knows.
 */
export function fromCloudEvent<C extends Catalogue>(catalogue: C, input: unknown): MessageOf<MessagesOf<C>> {
  return parseMessage(catalogue, toMessage(input));
}

function toMessage(input: unknown): Message {
  const result = incomingSchema.safeParse(input);
  if (!result.success) {
    throw new InvalidMessageError(
      'invalid_message',
      `not a CloudEvent 1.0: ${describeIssues(result.error)}`,
      'See the JSON format of CloudEvents 1.0.',
    );
  }
  const event = result.data;
  return {
    id: event.id,
    type: event.type,
    source: event.source,
    subject: event.subject,
    time: toUtc(event.time),
    correlationId: event.correlationid ?? event.id,
    causationId: event.causationid ?? event.id,
    schemaVersion: event.schemaversion ?? 1,
    data: event.data,
  };
}

/** Others may write an offset, our messages are in UTC. What is no time stays, to be refused as it was written. */
function toUtc(time: string): string {
  if (time.endsWith('Z') || !timeSchema.safeParse(time).success) return time;
  return new Date(time).toISOString();
}

import { createHash } from 'node:crypto';
import type { Message } from './message.ts';

/** Where a message stands in a distributed trace: lower-case hexadecimal, as W3C Trace Context has it. */
export interface TraceContext {
  /** 32 digits. */
  readonly traceId: string;
  /** 16 digits. */
  readonly spanId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The trace of all that one command led to: the 16 bytes of its correlation id. One that is no UUID, as others may send, is
 * hashed.
 */
export const traceIdOf = (correlationId: string): string =>
  uuid.test(correlationId) ? correlationId.replaceAll('-', '') : hashed(correlationId, 32);

/**
 * The span that stands for the message itself: the last 8 bytes of its id, which in a UUIDv7 are those that are random. One
 * that is no UUID is hashed.
 */
export const spanIdOf = (messageId: string): string =>
  uuid.test(messageId) ? messageId.slice(19).replace('-', '') : hashed(messageId, 16);

/** No word of 16 or 32 zeroes, which would be no id, has a chance to come out of it. */
const hashed = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);

/**
 * What CloudEvents carry as `traceparent`. It is computed from the ids that every message has, so it needs no place in the
 * message, and is the same in every process. Nobody can tell from it whether spans are recorded: `01` says that they may be.
 */
export const traceparentOf = ({ id, correlationId }: Pick<Message, 'id' | 'correlationId'>): string =>
  `00-${traceIdOf(correlationId)}-${spanIdOf(id)}-01`;

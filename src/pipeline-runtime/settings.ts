import { z } from 'zod';
import { describeIssues } from '../events/index.ts';
import { BadPipelineSettingError } from './errors.ts';

export interface PipelineSettings {
  /** How long a stage may take for one message. Default 30,000. */
  handlerTimeoutMs?: number;
  /** For `retry`: how often a message that could not be enqueued is tried again. Default 3. */
  retryAttempts?: number;
  /** The longest wait before the first retry, of whatever kind; it doubles, up to a minute. Default 1,000. */
  retryBaseDelayMs?: number;
  /** How often a message that a stage failed on is handed to it again, unless the stage says otherwise. Default 0. */
  handlerRetryAttempts?: number;
  /** Whether a wait is anything up to the longest, or the longest itself. Default true. */
  retryJitter?: boolean;
  /** How many messages the stages may make of one correlation. Default 10,000. */
  maxMessages?: number;
  /** A message that was passed on more often goes in circles, and is a dead letter. Default 10. */
  maxHops?: number;
  /** After so many failures in a row a stage is stopped. Default 10. */
  maxConsecutiveFailures?: number;
  /**
   * When the bus does not take a message: `fail` lets the submitter know, `retry` tries again before it
   * does, `store` makes it a dead letter. Default `fail`.
   */
  onEnqueueFailure?: 'fail' | 'retry' | 'store';
  /**
   * When a stage fails, for the last time: `log` drops the message, `store` makes it a dead letter, `nack` throws it back to the
   * bus, which may try again and keeps dead letters of its own. Default `store`.
   */
  onHandlerFailure?: 'log' | 'store' | 'nack';
  /** How many dead letters are kept; the oldest go first. Default 1,000. */
  deadLetterCapacity?: number;
}

const count = z.int().positive();

const schema = z.strictObject({
  handlerTimeoutMs: count.default(30_000),
  retryAttempts: z.int().nonnegative().default(3),
  retryBaseDelayMs: z.int().nonnegative().default(1000),
  handlerRetryAttempts: z.int().nonnegative().default(0),
  retryJitter: z.boolean().default(true),
  maxMessages: count.default(10_000),
  maxHops: count.default(10),
  maxConsecutiveFailures: count.default(10),
  onEnqueueFailure: z.enum(['fail', 'retry', 'store']).default('fail'),
  onHandlerFailure: z.enum(['log', 'store', 'nack']).default('store'),
  deadLetterCapacity: count.default(1000),
});

/** @throws {BadPipelineSettingError} for a setting that does not exist, or a value that makes no sense. */
export function completeSettings(settings: PipelineSettings): Required<PipelineSettings> {
  const result = schema.safeParse(settings);
  if (!result.success) throw new BadPipelineSettingError(describeIssues(result.error));
  return result.data;
}

import { z } from 'zod';
import { describeIssues } from '../events/index.ts';
import { BadBusSettingError } from './errors.ts';

const schema = z.object({
  concurrency: z.int().positive().optional(),
  remembered: z.int().nonnegative().optional(),
  deadLetterCapacity: z.int().nonnegative().optional(),
  retry: z
    .object({
      maxAttempts: z.int().positive().optional(),
      initialDelayMs: z.number().nonnegative().optional(),
      backoffMultiplier: z.number().positive().optional(),
      maxDelayMs: z.number().nonnegative().optional(),
      jitter: z.boolean().optional(),
    })
    .optional(),
});

/**
 * Refuses numbers with which a bus would hand out nothing, or never stop.
 * @throws {BadBusSettingError}
 */
export function checkSettings(settings: z.input<typeof schema>): void {
  const result = schema.safeParse(settings);
  if (!result.success) throw new BadBusSettingError(describeIssues(result.error));
}

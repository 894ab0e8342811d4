import { z } from 'zod';
import type { Priority } from '../../notifications/index.ts';

export const priorities: readonly Priority[] = ['low', 'normal', 'high', 'critical'];

/** What somebody wants a user to be told, as it comes in: whether it makes sense is for the pipeline to say. */
export const notificationRequestSchema = z.object({
  userId: z.string(),
  channels: z.array(z.string()),
  message: z.string(),
  priority: z.string().default('normal'),
});
export type NotificationRequest = z.infer<typeof notificationRequestSchema>;

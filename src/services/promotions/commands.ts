import { z } from 'zod';
import { segments } from '../../events/index.ts';
import { id, line } from '../values.ts';

export const activatePromotionSchema = z.object({
  promotionId: id,
  name: line,
  code: z
    .string()
    .regex(
      /^[A-Z0-9][A-Z0-9-]{2,19}$/,
      'must be 3 to 20 capital letters, digits and hyphens, such as SPRING-20',
    )
    .describe('3 to 20 capital letters, digits and hyphens, such as SPRING-20'),
  discountPercent: z
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be a whole number from 1 to 100')
    .max(100, 'must be a whole number from 1 to 100')
    .describe('a whole number from 1 to 100'),
  /** Who gets it; naming one twice is naming it once. */
  segments: z.array(z.enum(segments)).min(1, 'must name one segment or more').describe('one segment or more'),
});
export type ActivatePromotion = z.infer<typeof activatePromotionSchema>;

export const promotionsCommands = { activatePromotion: activatePromotionSchema };

import type { Promotion } from '../../datastore/index.ts';
import { EntityExistsError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import type { ActivatePromotion } from './commands.ts';

/**
 * @param existing the promotion that has the id already.
 * @throws {EntityExistsError} `promotion_exists`: one is activated once.
 */
export function activatePromotion(
  existing: Promotion | undefined,
  { promotionId, name, code, discountPercent, ...given }: ActivatePromotion,
): { promotion: Promotion; events: readonly Fact<'PromotionActivated'>[] } {
  if (existing !== undefined) throw new EntityExistsError('promotion_exists', promotionId);
  const terms = { name, code, discountPercent, segments: [...new Set(given.segments)] };
  return {
    promotion: { id: promotionId, ...terms },
    events: [{ type: 'PromotionActivated', data: { promotionId, ...terms } }],
  };
}

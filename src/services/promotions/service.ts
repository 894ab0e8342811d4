import { createUnitOfWork, type ServicePorts } from '../unit-of-work.ts';
import { validate } from '../validate.ts';
import { type ActivatePromotion, activatePromotionSchema } from './commands.ts';
import { activatePromotion } from './rules.ts';

/** What some customers get cheaper. Every refusal is a {@link DomainError}. */
export interface PromotionsService {
  /** Publishes PromotionActivated. */
  activatePromotion(command: ActivatePromotion): Promise<void>;
}

export function createPromotions(ports: ServicePorts): PromotionsService {
  const unitOfWork = createUnitOfWork(ports);
  return {
    async activatePromotion(input) {
      const command = validate(activatePromotionSchema, input, 'promotions.activatePromotion');
      await unitOfWork(async ({ promotions }) => {
        const { promotion, events } = activatePromotion(await promotions.find(command.promotionId), command);
        await promotions.insert(promotion);
        return events;
      });
    },
  };
}

import type { Recipient, Stores } from '../datastore/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
import { isSwitchedOn } from '../notifications/index.ts';
import { activatePromotion, commandSchemas, type PromotionsService, validate } from '../services/index.ts';
import type { Answering } from './answers.ts';
import type { CallingPorts } from './calling-ports.ts';
import type { Pages } from './hand-over.ts';
import type { NotifyRequest } from './notification-api.ts';

const { activatePromotion: schema } = commandSchemas.promotions;

/** How many customers are looked at at once. */
const candidatesPerPage = 1000;

/** Promotions, which finds out itself who is to be told: it reads the segments and preferences of the customers. */
export function createPromotions({ handOver, notifications }: CallingPorts): Answering<PromotionsService> {
  const wantsToHear = (candidate: Recipient): boolean =>
    notifications.channels.some((channel) => isSwitchedOn('promotion-available', candidate, channel));

  async function* candidatesOf(
    event: MessageOf<ShopEvents, 'PromotionActivated'>,
    { customers }: Stores,
  ): Pages {
    const { promotionId, segments, name, code, discountPercent } = event.data;
    const requestTo = (candidate: Recipient): NotifyRequest<'promotion-available'> => ({
      type: 'promotion-available',
      customerId: candidate.id,
      cause: event,
      about: promotionId,
      variables: { name, code, discountPercent },
      isDeclined: !wantsToHear(candidate),
    });
    for (let afterCustomerId = ''; ; ) {
      const page = { afterCustomerId, limit: candidatesPerPage, atEvent: event.id };
      const customerIds = await customers.inSegments(segments, page);
      const last = customerIds.at(-1);
      if (last === undefined) return;
      afterCustomerId = last;
      const candidates = await customers.recipients(customerIds);
      yield candidates.filter((found) => found !== undefined).map(requestTo);
    }
  }

  return {
    async activatePromotion(input) {
      const command = validate(schema, input, 'promotions.activatePromotion');
      return handOver.tellMany(
        async ({ promotions }) => {
          const existing = await promotions.find(command.promotionId);
          const { promotion, events } = activatePromotion(existing, command);
          await promotions.insert(promotion);
          return events;
        },
        async function* (event, stores) {
          if (event.type === 'PromotionActivated') yield* candidatesOf(event, stores);
        },
      );
    },
  };
}

import type { Recipient, Stores } from '../datastore/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
import { isPriceDrop, isSwitchedOn, mayBeTold } from '../notifications/index.ts';
import {
  addProduct,
  commandSchemas,
  commit,
  type PricingService,
  UnknownEntityError,
  updatePrice,
  validate,
} from '../services/index.ts';
import type { Answering } from './answers.ts';
import type { CallingPorts } from './calling-ports.ts';
import type { Pages } from './hand-over.ts';
import type { NotifyRequest } from './notification-api.ts';

const schemas = commandSchemas.pricing;

/** How many carts are looked at at once when a price drops. */
const candidatesPerPage = 1000;

/**
 * Pricing, which finds out itself who wants to hear of a lower price: it reads the carts, and the segments
 * and preferences of the customers.
 */
export function createPricing({
  handOver,
  notifications,
  ...ports
}: CallingPorts): Answering<PricingService> {
  /** In a segment that is told, and with such news switched on for at least one channel. */
  const wantsToHear = (candidate: Recipient): boolean =>
    mayBeTold('price-drop', candidate) &&
    notifications.channels.some((channel) => isSwitchedOn('price-drop', candidate, channel));

  async function* candidatesOf(event: MessageOf<ShopEvents, 'PriceChanged'>, stores: Stores): Pages {
    const { productId, previousPrice, price } = event.data;
    const productName = (await stores.products.find(productId))?.name ?? productId;
    const variables = { productName, previousPrice, price };
    const requestTo = (candidate: Recipient): NotifyRequest<'price-drop'> => ({
      type: 'price-drop',
      customerId: candidate.id,
      cause: event,
      about: event.id,
      variables,
      isDeclined: !wantsToHear(candidate),
    });
    for (let afterCustomerId = ''; ; ) {
      const page = { afterCustomerId, limit: candidatesPerPage, atEvent: event.id };
      const customerIds = await stores.carts.customersWith(productId, page);
      const last = customerIds.at(-1);
      if (last === undefined) return;
      afterCustomerId = last;
      const candidates = await stores.customers.recipients(customerIds);
      yield candidates.filter((found) => found !== undefined).map(requestTo);
    }
  }

  return {
    async addProduct(input) {
      const command = validate(schemas.addProduct, input, 'pricing.addProduct');
      await commit(ports, async (stores) => {
        const { product, events } = addProduct(await stores.products.find(command.productId), command);
        await stores.products.insert(product);
        return events;
      });
    },

    async updatePrice(input) {
      const command = validate(schemas.updatePrice, input, 'pricing.updatePrice');
      return handOver.tellMany(
        async (stores) => {
          const before = await stores.products.find(command.productId);
          if (before === undefined) throw new UnknownEntityError('unknown_product', command.productId);
          const { product, events } = updatePrice(before, command);
          if (events.length > 0) await stores.products.setPrice(product.id, product.price);
          return events;
        },
        async function* (event, stores) {
          if (event.type !== 'PriceChanged') return;
          if (isPriceDrop(event.data.previousPrice, event.data.price)) yield* candidatesOf(event, stores);
        },
      );
    },
  };
}

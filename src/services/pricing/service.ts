import { UnknownEntityError } from '../errors.ts';
import { createUnitOfWork, type ServicePorts } from '../unit-of-work.ts';
import { validate } from '../validate.ts';
import { type AddProduct, addProductSchema, type UpdatePrice, updatePriceSchema } from './commands.ts';
import { addProduct, updatePrice } from './rules.ts';

/** What the products cost. Every refusal is a {@link DomainError}. */
export interface PricingService {
  /** Publishes ProductAdded. */
  addProduct(command: AddProduct): Promise<void>;
  /** Publishes PriceChanged, if the price differs. */
  updatePrice(command: UpdatePrice): Promise<void>;
}

export function createPricing(ports: ServicePorts): PricingService {
  const unitOfWork = createUnitOfWork(ports);
  return {
    async addProduct(input) {
      const command = validate(addProductSchema, input, 'pricing.addProduct');
      await unitOfWork(async ({ products }) => {
        const { product, events } = addProduct(await products.find(command.productId), command);
        await products.insert(product);
        return events;
      });
    },

    async updatePrice(input) {
      const command = validate(updatePriceSchema, input, 'pricing.updatePrice');
      await unitOfWork(async ({ products }) => {
        const before = await products.find(command.productId);
        if (before === undefined) throw new UnknownEntityError('unknown_product', command.productId);
        const { product, events } = updatePrice(before, command);
        if (product !== before) await products.setPrice(product.id, product.price);
        return events;
      });
    },
  };
}

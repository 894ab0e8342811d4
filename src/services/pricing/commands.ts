import { z } from 'zod';
import { id, line, money } from '../values.ts';

export const addProductSchema = z.object({ productId: id, name: line, price: money });
export type AddProduct = z.infer<typeof addProductSchema>;

export const updatePriceSchema = z.object({ productId: id, price: money });
export type UpdatePrice = z.infer<typeof updatePriceSchema>;

export const pricingCommands = { addProduct: addProductSchema, updatePrice: updatePriceSchema };

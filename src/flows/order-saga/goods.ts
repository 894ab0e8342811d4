import type { Lines } from './messages.ts';

/** What there is to be had, in minor units of one currency. */
export const prices: Readonly<Record<string, number>> = { bike: 149_900, helmet: 7900 };

export type Stock = Readonly<Record<string, number>>;

/** What the shelves hold before the first order. */
export const sampleStock: Stock = { bike: 1, helmet: 5 };

export const isKnown = (sku: string): boolean => Object.hasOwn(prices, sku);

export const totalOf = (lines: Lines): number =>
  lines.reduce((sum, { sku, quantity }) => sum + (prices[sku] ?? 0) * quantity, 0);

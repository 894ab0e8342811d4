import type { orderTypes, Side } from './messages.ts';

/** An order as it comes from outside. */
export interface OrderRow {
  readonly atMs: number;
  readonly orderId: string;
  readonly traderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: (typeof orderTypes)[number];
  readonly quantity: number;
  /** In ticks; null: none was given. */
  readonly price: number | null;
  /** What the trader has in the beginning, in ticks; null: as much as it takes. */
  readonly cash: number | null;
}

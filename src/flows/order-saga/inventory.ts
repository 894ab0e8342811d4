import { millisecondsInMinute } from 'date-fns/constants';
import type { Stage } from '../../pipeline-runtime/index.ts';
import type { Stock } from './goods.ts';
import { type Lines, orderMessages as messages, type OrderMessage } from './messages.ts';

/** So long a reservation holds without a card. */
const reservedForMs = 15 * millisecondsInMinute;

export interface Shelf {
  readonly onHand: number;
  readonly reserved: number;
  readonly sold: number;
}

/** What is kept of one article, or of one order. */
export interface Kept {
  readonly shelf?: Shelf;
  readonly reservation?: {
    readonly status: 'reserved' | 'released' | 'sold';
    readonly lines: Lines;
    readonly expiresAtMs: number;
  };
}

type In = OrderMessage<'ReserveInventory' | 'ReleaseInventory' | 'OrderConfirmed'>;
type Out = OrderMessage<'InventoryReserved' | 'InventoryShort' | 'InventoryReleased'>;

export const shelfKey = (sku: string): string => `sku:${sku}`;

/** Reserves all that an order asks for or nothing; each order once, whatever comes twice. */
export const inventoryStage = (stock: Stock): Stage<In, Out, Kept> => ({
  name: 'inventory',
  accepts: ['ReserveInventory', 'ReleaseInventory', 'OrderConfirmed'],
  // All orders take from the same shelves.
  concurrency: 1,
  state: {
    initial: (key) => ({ shelf: { onHand: stock[key.replace(/^sku:/, '')] ?? 0, reserved: 0, sold: 0 } }),
  },
  async handle({ type, data }, { state, stateOf, next, nowMs }) {
    const { orderId } = data;
    const { reservation } = state.get();
    const move = async (lines: Lines, change: (shelf: Shelf, quantity: number) => Shelf): Promise<void> => {
      for (const { sku, quantity } of lines) {
        const cell = await stateOf(shelfKey(sku));
        cell.set({ shelf: change(shelfOf(cell.get()), quantity) });
      }
    };
    const reserve = async (lines: Lines): Promise<readonly Out[]> => {
      if (reservation?.status === 'released') return [next(messages.InventoryShort, { orderId })];
      if (reservation !== undefined)
        return [next(messages.InventoryReserved, { orderId, expiresAtMs: reservation.expiresAtMs })];
      for (const [sku, quantity] of wanted(lines)) {
        if (shelfOf((await stateOf(shelfKey(sku))).get()).onHand < quantity)
          return [next(messages.InventoryShort, { orderId })];
      }
      await move(lines, take);
      const expiresAtMs = nowMs + reservedForMs;
      state.set({ reservation: { status: 'reserved', lines, expiresAtMs } });
      return [next(messages.InventoryReserved, { orderId, expiresAtMs })];
    };
    if (type === 'ReserveInventory') return reserve(data.lines);
    const status = type === 'OrderConfirmed' ? 'sold' : 'released';
    if (reservation?.status === 'reserved') await move(reservation.lines, status === 'sold' ? sell : putBack);
    if (reservation?.status !== 'sold')
      // Also of an order that has none: its command may be on its way still.
      state.set({ reservation: { lines: [], expiresAtMs: nowMs, ...reservation, status } });
    return status === 'sold' ? [] : [next(messages.InventoryReleased, { orderId })];
  },
});

const shelfOf = ({ shelf }: Kept): Shelf => shelf ?? { onHand: 0, reserved: 0, sold: 0 };

const take = (shelf: Shelf, quantity: number): Shelf => ({
  ...shelf,
  onHand: shelf.onHand - quantity,
  reserved: shelf.reserved + quantity,
});

const putBack = (shelf: Shelf, quantity: number): Shelf => take(shelf, -quantity);

const sell = (shelf: Shelf, quantity: number): Shelf => ({
  ...shelf,
  reserved: shelf.reserved - quantity,
  sold: shelf.sold + quantity,
});

/** How many of each article, where one stands in several lines. */
function wanted(lines: Lines): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return sums;
}

import type { Order, OrderStore } from '../../datastore/index.ts';

/**
 * Writes what a rule has changed. When the order itself changed, all line items of one status moved
 * together, which takes one statement however many there are.
 */
export async function saveOrder(orders: OrderStore, before: Order, after: Order): Promise<void> {
  const changed = after.lineItems.flatMap((item, index) => {
    const from = before.lineItems[index]?.status ?? item.status;
    return from === item.status ? [] : [{ item, from }];
  });
  if (after.status === before.status) {
    for (const { item } of changed) await orders.setLineItem(after.id, item);
    return;
  }
  await orders.setStatus(after.id, after.status);
  const moves = new Map(changed.map(({ item, from }) => [from, item.status]));
  for (const [from, to] of moves) await orders.setLineItemStatuses(after.id, from, to);
}

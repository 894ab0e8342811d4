import type { Stores } from '../../datastore/index.ts';
import { type Message, readMessage, shopEvents } from '../../events/index.ts';

/**
 * How far its order had come with the event of a line item, whatever came after: `1 of 2 items shipped`. Undefined for
 * any other event, and for an order that nobody knows.
 */
export async function shipmentProgress(
  { orders, eventLog }: Pick<Stores, 'orders' | 'eventLog'>,
  event: Message,
): Promise<string | undefined> {
  if (event.type !== 'LineItemStatusChanged') return undefined;
  const order = await orders.find(event.subject);
  if (order === undefined) return undefined;
  const shipped = new Set<string>();
  for (const logged of await eventLog.about(event.subject)) {
    const known = readMessage(shopEvents, logged);
    if (known?.type === 'LineItemStatusChanged' && hasLeft(known.data.status))
      shipped.add(known.data.lineItemId);
    if (logged.id === event.id) break;
  }
  const expected = order.lineItems.filter(({ id, status }) => status !== 'cancelled' || shipped.has(id));
  return `${shipped.size} of ${expected.length} ${expected.length === 1 ? 'item' : 'items'} shipped`;
}

const hasLeft = (status: string): boolean => status === 'shipped' || status === 'delivered';

import { EventCorrelator } from '../../src/event-sourced/index.ts';
import type { LineItemStatus, MessageOf, ShopEvents } from '../../src/events/index.ts';
import { type OpenShop, openShopWithOrder } from '../support/open-shop.ts';

export type LineItemEvent = MessageOf<ShopEvents, 'LineItemStatusChanged'>;

/** "This line item of the order has this status now", as an event with an id of its own. */
export function itemEvent(
  shop: OpenShop,
  lineItemId: string,
  status: LineItemStatus = 'shipped',
): LineItemEvent {
  const orderId = lineItemId.slice(0, lineItemId.lastIndexOf('-'));
  const data = { orderId, customerId: 'kim', lineItemId, productId: 'helmet', quantity: 1 };
  return shop.event({
    type: 'LineItemStatusChanged',
    data: { ...data, previousStatus: 'pending', status },
  }) as LineItemEvent;
}

/** How often Kim was told that order-1 is complete: mails that went out. */
export const timesTold = ({ emails }: OpenShop, orderId = 'order-1'): number =>
  emails.all().filter(({ deliveryId }) => deliveryId.startsWith(`order-complete:${orderId}:`)).length;

/** A correlator by itself, beside a shop that listens to nothing, with Kim's order of three line items. */
export async function openCorrelator({ forgetAfterDays }: { forgetAfterDays?: number } = {}) {
  const shop = await openShopWithOrder(3);
  await shop.architecture.stop();
  const { clock, datastore } = shop;
  const options = forgetAfterDays === undefined ? {} : { forgetAfterDays };
  const correlator = new EventCorrelator({ clock, datastore, ...options });
  return {
    ...shop,
    correlator,
    /** Logged, as a service does it, and then heard. */
    async hear(lineItemId: string, status?: LineItemStatus) {
      const event = itemEvent(shop, lineItemId, status);
      await datastore.eventLog.append([event]);
      return correlator.completes(event);
    },
  };
}

/** How many rows of progress there are; asking drops them. */
export const dropProgress = ({ datastore }: Pick<OpenShop, 'datastore'>): Promise<number> =>
  datastore.shipmentProgress.forgetBefore(Number.MAX_SAFE_INTEGER);

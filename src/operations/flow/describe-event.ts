import type { Message, MessageOf, ShopEvents } from '../../events/index.ts';
import { plainMoney } from '../../notifications/index.ts';

/** What changed, in a few words: `ord-1 placed → shipped`. */
export function describeEvent(event: MessageOf<ShopEvents>): string {
  switch (event.type) {
    case 'CustomerRegistered':
    case 'CustomerErased':
    case 'PreferencesChanged':
      return event.data.customerId;
    case 'ContactChanged':
      return `${event.data.customerId} ${event.data.changed.join(', ')}`;
    case 'OrderStatusChanged': {
      const { orderId, previousStatus, status } = event.data;
      return `${orderId} ${previousStatus ?? 'new'} → ${status}`;
    }
    case 'LineItemStatusChanged': {
      const { orderId, productId, previousStatus, status } = event.data;
      return `${orderId} ${productId} ${previousStatus ?? 'new'} → ${status}`;
    }
    case 'ProductAdded':
      return `${event.data.productId} ${plainMoney(event.data.price)}`;
    case 'CartItemAdded':
      return `${event.data.customerId} ${event.data.quantity} × ${event.data.productId}`;
    case 'CartItemRemoved': {
      const { customerId, productId, quantity, orderId } = event.data;
      return `${customerId} ${quantity} × ${productId} → ${orderId}`;
    }
    case 'PriceChanged': {
      const { productId, previousPrice, price } = event.data;
      return `${productId} ${plainMoney(previousPrice)} → ${plainMoney(price)}`;
    }
    case 'PromotionActivated': {
      const { promotionId, discountPercent, segments } = event.data;
      return `${promotionId} ${discountPercent} % for ${segments.join(', ')}`;
    }
    case 'PaymentFailed':
      return `${event.data.orderId} ${plainMoney(event.data.amount)} ${event.data.reason}`;
    case 'PaymentReceived':
      return `${event.data.orderId} ${plainMoney(event.data.amount)}`;
    case 'DeadLetterAdded':
      return `${event.data.deadLetterId} ${event.data.reason}`;
    // What an architecture says to itself.
    default:
      return (event as Message).subject;
  }
}

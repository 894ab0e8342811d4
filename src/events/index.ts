/**
 * The catalogue of what happens in the shop, and how messages are made, read and checked.
 *
 * @example
 * ```ts
 * import { parseMessage, shopEvents, createMessage } from './src/events/index.ts';
 * import { createIds, seededRandom, VirtualClock } from './src/kernel/index.ts';
 *
 * const clock = new VirtualClock(0);
 * const ids = createIds(clock, seededRandom(1));
 * const event = createMessage({ clock, ids }, shopEvents.PriceChanged, {
 *   productId: 'helmet',
 *   previousPrice: { amount: 7900, currency: 'USD' },
 *   price: { amount: 4900, currency: 'USD' },
 * });
 * console.log(parseMessage(shopEvents, event).type);
 * ```
 */
export { fromCloudEvent, keptCloudEvent, toCloudEvent } from './cloud-events.ts';
export { type Catalogue, defineMessage, type MessageDefinition, type MessagesOf } from './definition.ts';
export {
  type Cause,
  createMessage,
  type Message,
  type MessageMap,
  type MessageOf,
  type MessagePorts,
} from './message.ts';
export { describeIssues, InvalidMessageError, parseMessage, readMessage } from './parse.ts';
export { segments } from './profile.ts';
export type { Publisher } from './publisher.ts';
export {
  currencySchema,
  idSchema,
  isNoMinusZero,
  type LineItemStatus,
  type Money,
  moneySchema,
  type OrderStatus,
  type ShopEvents,
  type ShopEventType,
  shopEvents,
} from './shop-events.ts';
export { spanIdOf, type TraceContext, traceIdOf } from './trace-context.ts';

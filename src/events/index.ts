export { fromCloudEvent, toCloudEvent } from './cloud-events.ts';
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

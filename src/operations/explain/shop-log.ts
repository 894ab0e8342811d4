import type { EventLog } from '../../datastore/index.ts';
import { type Message, type ShopEventType, shopEvents } from '../../events/index.ts';

/**
 * What happened in the shop. A durable bus keeps what the parts of an architecture say to each other in the same
 * log; whoever asks about one of those messages is answered about the event that it began with.
 */
export interface ShopLog {
  find(id: string): Promise<Message | undefined>;
  /** All about one entity of which somebody may be told, oldest first. */
  about(subject: string): Promise<readonly Message[]>;
}

export function shopLog(eventLog: EventLog): ShopLog {
  return {
    async find(id) {
      const message = await eventLog.find(id);
      if (message === undefined || isOfShop(message)) return message;
      const origin = await eventLog.find(message.correlationId);
      return origin !== undefined && isOfShop(origin) ? origin : undefined;
    },
    about: async (subject) =>
      (await eventLog.about(subject)).filter((each) => isOfShop(each) && !isNoNews(each)),
  };
}

/** Facts that whoever keeps state of their own wants to know, and no customer. */
const noNews: ReadonlySet<string> = new Set<ShopEventType>([
  'ProductAdded',
  'CartItemAdded',
  'CartItemRemoved',
]);

export const isNoNews = ({ type }: Message): boolean => noNews.has(type);

const isOfShop = ({ type }: Message): boolean => Object.hasOwn(shopEvents, type);

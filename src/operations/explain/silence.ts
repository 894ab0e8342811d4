import { letterId } from '../../bus/index.ts';
import type { KeptDeadMessage, LedgerEntry, Stores } from '../../datastore/index.ts';
import {
  type Message,
  type MessageOf,
  readMessage,
  type ShopEvents,
  shopEvents,
} from '../../events/index.ts';
import { isPriceDrop, reasons } from '../../notifications/index.ts';
import { plural } from '../../report/index.ts';
import type { Silence } from './explanation.ts';
import type { FoundCause } from './find-causes.ts';
import { isNoNews } from './shop-log.ts';

type PromotionActivated = MessageOf<ShopEvents, 'PromotionActivated'>;
type PriceChanged = MessageOf<ShopEvents, 'PriceChanged'>;

/** Where it was to be handled it is a dead letter, which says more. */
export const unreadable = ({ schemaVersion }: Message): string =>
  `this program cannot read it (version ${schemaVersion}): see the dead letters`;

/** What follows from a change that nobody is told of. */
const ofAccounts: Readonly<Record<string, string>> = {
  ContactChanged: 'nobody is told of it; from then on messages go there, those that waited too',
  PreferencesChanged:
    'nobody is told of it; from then on it is asked of every message, also of those that waited',
  CustomerErased:
    'nobody is told of it: nothing is left of the customer but the id, and nothing is sent any more',
};

const pageSize = 500;

/** Why an event led to no notification; or to none for `customerId`, where one is given. */
export async function explainSilence(
  stores: Stores,
  { event, entries }: FoundCause,
  customerId: string | undefined,
): Promise<Silence | null> {
  const own = entries.filter(
    ({ notification }) => customerId === undefined || notification.customerId === customerId,
  );
  if (own.length > 0) return null;
  if (event === undefined) return ofUnknownEvent(stores, entries[0], customerId);
  const known = readMessage(shopEvents, event);
  if (known === undefined) return inWords(unreadable(event));
  if (known.type === 'PriceChanged') return ofPriceChange(stores, known, customerId);
  if (known.type === 'PromotionActivated') {
    const silence = await ofPromotion(stores, known, customerId);
    if (silence !== undefined) return silence;
  }
  if (known.type === 'DeadLetterAdded')
    return inWords('it is told to those who run the shop, not to customers');
  if (isNoNews(event))
    return inWords('nobody is ever told of it: it is there for those who keep state of their own');
  const ofAccount = ofAccounts[known.type];
  if (ofAccount !== undefined) return inWords(ofAccount);
  // Not every event is about a customer.
  const concerned = 'customerId' in known.data ? known.data.customerId : undefined;
  if (customerId !== undefined && concerned !== undefined && customerId !== concerned) {
    return inWords(`it concerns customer ${concerned} only`);
  }
  if (known.type === 'LineItemStatusChanged') {
    return inWords('a line item by itself is no news: order-complete comes once, when every one has shipped');
  }
  return (
    (await ofDeadMessage(stores, known.id)) ??
    inWords(
      'no notification of its own: the same had been told before, nobody could handle the event, or the process died first',
    )
  );
}

/** Nobody could handle it, and a bus that outlives the process has kept it. */
async function ofDeadMessage({ consumption }: Stores, eventId: string): Promise<Silence | undefined> {
  for (let after = 0; ; ) {
    const page = await consumption.deadMessagesAfter(after, pageSize);
    const dead = page.find(({ messageId }) => messageId === eventId);
    if (dead !== undefined) return inWords(deadInWords(dead));
    after = page.at(-1)?.id ?? after;
    if (page.length < pageSize) return undefined;
  }
}

function deadInWords({ id, subscriber, errorCode, errorMessage, attempts }: KeptDeadMessage): string {
  const whom = subscriber ?? 'nobody, since the bus refused it';
  return `it is dead letter ${letterId(id)}, for ${whom}, after ${plural(attempts, 'attempt')}: ${errorCode ?? errorMessage} (npm run dead-letters -- show ${letterId(id)})`;
}

/** All that is known of it is what it led to for others. */
async function ofUnknownEvent(
  stores: Stores,
  entry: LedgerEntry | undefined,
  customerId: string | undefined,
): Promise<Silence> {
  const isPriceDropEntry = entry?.notification.type === 'price-drop';
  if (isPriceDropEntry && customerId !== undefined)
    return notInCart(stores, entry.notification.subject, customerId);
  return inWords('it concerns other customers only');
}

async function ofPriceChange(
  stores: Stores,
  { data: { productId, previousPrice, price } }: PriceChanged,
  customerId: string | undefined,
): Promise<Silence> {
  if (!isPriceDrop(previousPrice, price)) return inWords('the price did not drop');
  if (customerId === undefined) return inWords(`nobody had ${productId} in the cart`);
  return notInCart(stores, productId, customerId);
}

/** Undefined: there is somebody who should have been told. */
async function ofPromotion(
  { customers, eventLog }: Stores,
  { id: atEvent, time, data: { segments } }: PromotionActivated,
  customerId: string | undefined,
): Promise<Silence | undefined> {
  const inThem = `in segment ${segments.join(' or ')}`;
  if (customerId === undefined) {
    const [any] = await customers.inSegments(segments, { afterCustomerId: '', limit: 1, atEvent });
    return any === undefined ? inWords(`nobody was ${inThem}`) : undefined;
  }
  const customer = await customers.find(customerId);
  if (customer === undefined) return undefined;
  if (segments.includes(customer.segment)) {
    const registered = (await eventLog.about(customerId)).find(({ type }) => type === 'CustomerRegistered');
    const wasLater = registered !== undefined && registered.time > time;
    return wasLater ? inWords('the customer was registered later') : undefined;
  }
  return {
    reason: 'segment_not_eligible',
    words: `only customers ${inThem} are told`,
    remedy: `the customer were ${inThem}`,
  };
}

/** The cart of that time is not kept for long. But whoever had it in the cart then has an entry in the ledger. */
async function notInCart({ carts }: Stores, productId: string, customerId: string): Promise<Silence> {
  const { words, remedy } = reasons.not_in_cart;
  const isThereNow = await carts.has(customerId, productId);
  return {
    reason: 'not_in_cart',
    words: isThereNow ? "the product is in the customer's cart now, but was not at that time" : words,
    remedy: remedy?.('') ?? null,
  };
}

const inWords = (words: string): Silence => ({ words, reason: null, remedy: null });

import type { LedgerEntry, Stores } from '../../datastore/index.ts';
import { type Message, shopEvents } from '../../events/index.ts';
import { deliveryId } from '../../notifications/index.ts';
import type { IdKind } from './explanation.ts';
import { shopLog } from './shop-log.ts';

/** An event with the notifications that it led to; the event is undefined when the log does not hold it. */
export interface FoundCause {
  readonly eventId: string;
  readonly occurredAtMs: number;
  readonly event: Message | undefined;
  readonly entries: readonly LedgerEntry[];
}

export interface Found {
  readonly kind: IdKind;
  /** Oldest first. */
  readonly causes: readonly FoundCause[];
  /** How many earlier causes, or earlier notifications of a customer, were left out. */
  readonly omitted: number;
}

/**
 * Finds out what `id` is, and the latest that has to do with it. Asks first where the answer most likely
 * is; the shop's own stores come last, which know ids that nothing has happened to.
 */
export async function findCauses(stores: Stores, id: string, limit: number): Promise<Found | undefined> {
  return (
    (id.includes(':') ? await byNotification(stores, id) : undefined) ??
    (await byEvent(stores, id)) ??
    (await bySubject(stores, id, limit)) ??
    (await byCustomer(stores, id, limit)) ??
    (await byPayment(stores, id)) ??
    (await byUneventful(stores, id))
  );
}

async function byNotification(stores: Stores, id: string): Promise<Found | undefined> {
  const [whole] = await stores.ledger.find('id', id);
  if (whole !== undefined) return found('notification', await withEvents(stores, [whole]));
  const [entry] = await stores.ledger.find('id', id.slice(0, id.lastIndexOf(':')));
  const deliveries =
    entry?.deliveries.filter((one) => deliveryId(one.notificationId, one.channel) === id) ?? [];
  if (entry === undefined || deliveries.length === 0) return undefined;
  return found('delivery', await withEvents(stores, [{ ...entry, deliveries }]));
}

async function byEvent({ eventLog, ledger }: Stores, id: string): Promise<Found | undefined> {
  const event = await shopLog(eventLog).find(id);
  const eventId = event?.id ?? id;
  const entries = await ledger.find('causeId', eventId);
  return event === undefined && entries.length === 0
    ? undefined
    : found('event', [toCause(eventId, event, entries)]);
}

/** What the subject of an event or a notification is, where it is no order. */
const kindOf: Readonly<Record<string, IdKind>> = {
  PriceChanged: 'product',
  'price-drop': 'product',
  PromotionActivated: 'promotion',
  'promotion-available': 'promotion',
};

/** An order, a product or a promotion; a customer is more than the subject of the events of their account. */
async function bySubject(
  { eventLog, ledger }: Stores,
  id: string,
  limit: number,
): Promise<Found | undefined> {
  const events = await shopLog(eventLog).about(id);
  const entries = await ledger.find('subject', id);
  const firstType = events[0]?.type ?? entries[0]?.notification.type;
  if (firstType === undefined || events[0]?.source === ofAccounts || firstType === 'welcome')
    return undefined;
  return latest(found(kindOf[firstType] ?? 'order', join(events, entries)), limit);
}

async function byCustomer(stores: Stores, id: string, limit: number): Promise<Found | undefined> {
  const entries = await stores.ledger.find('customerId', id);
  const events = await shopLog(stores.eventLog).about(id);
  const changes = events.filter(({ type, source }) => source === ofAccounts && type !== 'CustomerRegistered');
  if (entries.length + changes.length === 0) return undefined;
  const shown = entries.slice(-limit);
  const causes = [
    ...(await withEvents(stores, shown)),
    ...changes.slice(-limit).map((event) => toCause(event.id, event, [])),
  ].sort((one, other) => one.occurredAtMs - other.occurredAtMs);
  return { ...found('customer', causes), omitted: entries.length - shown.length };
}

/** What becomes of a customer, whose id is its subject. */
const ofAccounts = shopEvents.CustomerRegistered.source;

async function byPayment({ eventLog, ledger, payments }: Stores, id: string): Promise<Found | undefined> {
  const payment = await payments.find(id);
  if (payment === undefined) return undefined;
  const events = await shopLog(eventLog).about(payment.orderId);
  const own = events.filter(({ data }) => (data as { paymentId?: unknown }).paymentId === id);
  const entries = await ledger.find('subject', payment.orderId);
  const isOwn = ({ notification }: LedgerEntry): boolean =>
    own.some((event) => event.id === notification.causeId);
  return found('payment', join(own, entries.filter(isOwn)));
}

async function byUneventful({ customers, orders, products }: Stores, id: string): Promise<Found | undefined> {
  if ((await customers.find(id)) !== undefined) return found('customer', []);
  if ((await orders.find(id)) !== undefined) return found('order', []);
  return (await products.find(id)) === undefined ? undefined : found('product', []);
}

const found = (kind: IdKind, causes: readonly FoundCause[]): Found => ({ kind, causes, omitted: 0 });

const latest = ({ kind, causes }: Found, limit: number): Found => {
  const shown = causes.slice(-limit);
  return { kind, causes: shown, omitted: causes.length - shown.length };
};

/** The causes of these entries, in the order of the entries. */
async function withEvents({ eventLog }: Stores, entries: readonly LedgerEntry[]): Promise<FoundCause[]> {
  const causes: FoundCause[] = [];
  for (const [eventId, own] of byCause(entries)) {
    causes.push(toCause(eventId, await shopLog(eventLog).find(eventId), own));
  }
  return causes;
}

/** Each event with its entries, and the entries whose event is not among them. */
function join(events: readonly Message[], entries: readonly LedgerEntry[]): FoundCause[] {
  const groups = byCause(entries);
  const known = events.map((event) => toCause(event.id, event, groups.get(event.id) ?? []));
  for (const { id } of events) groups.delete(id);
  const foreign = [...groups].map(([eventId, own]) => toCause(eventId, undefined, own));
  return [...known, ...foreign].sort((one, other) => one.occurredAtMs - other.occurredAtMs);
}

function byCause(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const { causeId } = entry.notification;
    groups.set(causeId, [...(groups.get(causeId) ?? []), entry]);
  }
  return groups;
}

function toCause(eventId: string, event: Message | undefined, entries: readonly LedgerEntry[]): FoundCause {
  const occurredAtMs = event === undefined ? entries[0]?.notification.occurredAtMs : Date.parse(event.time);
  return { eventId, occurredAtMs: occurredAtMs ?? 0, event, entries };
}

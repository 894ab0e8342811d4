import { hasBus } from '../../../src/shop/world.ts';
import { customers, lineItemsPerOrder } from '../support/cast.ts';
import type { Entry, Moment } from '../support/history.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Course } from './courses.ts';

/** What is told to nobody: against the promise, or as the architecture declares. */
export interface Missing {
  readonly broken: readonly string[];
  /** What was in hand when a process died that alone knew of it. */
  readonly declared: readonly string[];
}

const orderNews: Readonly<Record<string, string>> = {
  placed: 'confirmed',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
};

/** Who ought to be told what, and because of what; from the history alone, written without the code that it checks. */
function expectedNotifications(entries: readonly Entry[]): ReadonlyMap<string, readonly Moment[]> {
  const expected = new Map<string, Moment[]>();
  const carts = new Set(customers.map(({ id }) => id));
  const shipped = new Map<string, Map<string, Moment>>();
  for (const entry of entries) {
    if (entry.kind === 'cart' && entry.productId === 'helmet') {
      if (entry.isIn) carts.add(entry.customerId);
      else carts.delete(entry.customerId);
    }
    if (entry.kind !== 'event') continue;
    const { id, type } = entry.event;
    const data = entry.event.data as Record<string, never>;
    const { orderId, customerId, paymentId } = data;
    const expect = (news: string): void => void expected.set(news, [entry]);
    if (type === 'OrderStatusChanged')
      expect(`order-${orderNews[data.status ?? '']}:${orderId}:${customerId}`);
    if (type === 'PaymentFailed') expect(`payment-failed:${paymentId}:${customerId}`);
    if (type === 'PaymentReceived') expect(`payment-received:${paymentId}:${customerId}`);
    if (type === 'PriceChanged' && amountOf(data.price) < amountOf(data.previousPrice)) {
      for (const each of carts) expect(`price-drop:${id}:${each}`);
    }
    if (type === 'LineItemStatusChanged' && data.status === 'shipped') {
      const items = shipped.get(orderId ?? '') ?? new Map<string, Moment>();
      shipped.set(orderId ?? '', items.set(data.lineItemId ?? '', entry));
      if (items.size === lineItemsPerOrder)
        expected.set(`order-complete:${orderId}:${customerId}`, [...items.values()]);
    }
  }
  return expected;
}

const amountOf = (money: unknown): number => (money as { amount: number }).amount;

export function toldWrongly(aftermath: Aftermath, courses: readonly Course[]): Missing {
  const expected = expectedNotifications(aftermath.shop.history.entries);
  const channels = new Map<string, string[]>();
  for (const { notification, channel } of courses)
    channels.set(notification.id, [...(channels.get(notification.id) ?? []), channel]);
  const broken: string[] = [];
  const declared: string[] = [];
  for (const [id, causes] of expected) {
    if (channels.get(id)?.sort().join() === 'email,sms,webhook') continue;
    (isDeclaredLost(aftermath, causes) ? declared : broken).push(`lost: ${id}`);
  }
  for (const id of channels.keys()) if (!expected.has(id)) broken.push(`without a cause: ${id}`);
  return { broken, declared };
}

/**
 * Where nobody but the process knows what was published, what it had in hand when it died is lost with it; and what
 * ran out of its time while the process stood still is a dead letter at once, for a person to re-drive.
 */
function isDeclaredLost({ shop, ...setting }: Aftermath, causes: readonly Moment[]): boolean {
  if (keepsWhatIsPublished(setting)) return false;
  const stops = [...shop.deaths, ...shop.history.of('stood-still')];
  return causes.some(({ life }) => stops.some((stop) => stop.life === life));
}

export const keepsWhatIsPublished = ({
  architecture,
  bus,
  handOver,
}: Pick<Aftermath, 'architecture' | 'bus' | 'handOver'>): boolean =>
  hasBus(architecture) ? bus === 'durable' : handOver === 'transactional';

import type { MessageOf, ShopEvents } from '../../../src/events/index.ts';
import { compareWithTheFacts } from './overtaken.ts';
import type { Aftermath } from './play-schedule.ts';
import type { Ask } from './provider.ts';
import { customerIds, customerOf, lineItemsPerOrder, orderIds } from './schedule.ts';

/** Every promise that was broken, in words; none when all is well. */
export async function brokenPromises(aftermath: Aftermath): Promise<string[]> {
  const { datastore, deadMessages } = aftermath;
  const { requested, sent, skipped, deadLettered, pending } = await datastore.ledger.counts();
  const broken = [
    ...(await compareWithTheRules(aftermath)),
    ...(await compareWithTheProviders(aftermath)),
    ...(await compareWithTheFacts(aftermath)),
  ];
  if (pending > 0) broken.push(`${pending} deliveries are still pending`);
  if (requested !== sent + skipped + deadLettered + pending) broken.push('the ledger does not add up');
  if (deadMessages > 0) broken.push(`${deadMessages} messages are dead letters`);
  return broken;
}

/** Who ought to be told what, from the events on record alone; written without the code that it checks. */
function expectedNotifications(events: readonly MessageOf<ShopEvents>[]): Set<string> {
  const expected = new Set<string>();
  for (const event of events) {
    switch (event.type) {
      case 'OrderStatusChanged': {
        const news = {
          placed: 'confirmed',
          shipped: 'shipped',
          delivered: 'delivered',
          cancelled: 'cancelled',
        };
        expected.add(`order-${news[event.data.status]}:${event.data.orderId}:${event.data.customerId}`);
        break;
      }
      case 'PaymentFailed':
        expected.add(`payment-failed:${event.data.paymentId}:${event.data.customerId}`);
        break;
      case 'PaymentReceived':
        expected.add(`payment-received:${event.data.paymentId}:${event.data.customerId}`);
        break;
      case 'PriceChanged':
        if (event.data.price.amount < event.data.previousPrice.amount) {
          for (const customerId of customerIds) expected.add(`price-drop:${event.id}:${customerId}`);
        }
        break;
    }
  }
  for (const orderId of orderIds) {
    const shipped = new Set(
      events.flatMap(({ type, data }) =>
        type === 'LineItemStatusChanged' && data.orderId === orderId && data.status === 'shipped'
          ? data.lineItemId
          : [],
      ),
    );
    if (shipped.size === lineItemsPerOrder) expected.add(`order-complete:${orderId}:${customerOf(orderId)}`);
  }
  return expected;
}

async function compareWithTheRules({ datastore, events }: Aftermath): Promise<string[]> {
  const expected = expectedNotifications(events);
  const channels = new Map<string, string[]>();
  for await (const page of datastore.ledger.pages(1000)) {
    for (const { notification, delivery } of page) {
      channels.set(notification.id, [...(channels.get(notification.id) ?? []), delivery.channel]);
    }
  }
  const broken: string[] = [];
  for (const id of expected) {
    if (channels.get(id)?.sort().join() !== 'email,sms') broken.push(`lost: ${id}`);
  }
  for (const id of channels.keys()) if (!expected.has(id)) broken.push(`without a cause: ${id}`);
  return broken;
}

async function compareWithTheProviders({ datastore, shop }: Aftermath): Promise<string[]> {
  const excused = new Set(shop.deaths.flatMap(({ unrecorded }) => unrecorded));
  const broken: string[] = [];
  const ends = new Map<string, string>();
  for await (const page of datastore.ledger.pages(1000)) {
    for (const { delivery } of page)
      ends.set(`${delivery.notificationId}:${delivery.channel}`, delivery.status);
  }
  const taken = new Set<string>();
  const unheard = new Set<string>();
  for (const [key, asks] of asksByKey(shop.providers.flatMap(({ journal }) => journal))) {
    const times = asks.filter(({ isTaken }) => isTaken).length;
    if (times > 0) taken.add(key);
    if (asks.some(({ isTaken, answer }) => isTaken && answer !== 'yes')) unheard.add(key);
    const isExcused =
      excused.has(key) || asks.some(({ answer }) => answer !== 'yes' && answer !== 'transient');
    if (times > 1 && !isExcused) broken.push(`doubled: ${key}`);
    for (const [index, ask] of asks.entries()) {
      const next = asks[index + 1];
      const hasDiedBetween = shop.deaths.some(({ atMs }) => next && ask.atMs <= atMs && atMs <= next.atMs);
      if (next === undefined || ask.answer !== 'transient' || hasDiedBetween) continue;
      if (next.atMs < ask.answeredAtMs + ask.retryAfterMs) broken.push(`tried again too early: ${key}`);
    }
  }
  for (const [key, status] of ends) {
    if (status === 'sent' && !taken.has(key)) broken.push(`said to be sent: ${key}`);
    if (status === 'skipped' && taken.has(key) && !excused.has(key) && !unheard.has(key)) {
      broken.push(`said to be skipped: ${key}`);
    }
  }
  return broken;
}

function asksByKey(asks: readonly Ask[]): Map<string, Ask[]> {
  const byKey = new Map<string, Ask[]>();
  for (const ask of asks) byKey.set(ask.key, [...(byKey.get(ask.key) ?? []), ask]);
  return byKey;
}

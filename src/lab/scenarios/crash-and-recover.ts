import { deliveryId } from '../../notifications/index.ts';
import type { Command } from '../../services/index.ts';
import type { Scenario } from './scenario.ts';

/** Played with real processes by `playCrashAndRecover`, since no step in virtual time can be a SIGKILL. */
export const crashAndRecover: Scenario = {
  name: 'crash-and-recover',
  title: 'The process of the shop is really killed with SIGKILL, twice, and started again on the same file.',
  startsAt: '16:00',
  steps: [],
  expected: [...sentTo('ada'), ...sentTo('ben')],
};

/** Where services call the notifier, what dies between the commit and the call is lost. */
export const expectedDeliveries = ({ hasBus }: { hasBus: boolean }): readonly string[] =>
  hasBus ? crashAndRecover.expected : sentTo('ben');

export const orderOf = {
  ada: order('ord-2601', 'ada'),
  ben: order('ord-2602', 'ben'),
};

/** The provider's keys. */
export const keysOf = {
  ada: keys('ord-2601', 'ada'),
  ben: keys('ord-2602', 'ben'),
};

export const orderIds: readonly string[] = ['ord-2601', 'ord-2602'];

/** What the provider's journal has in the end. Its yes to Ben's mail was lost, so that mail is there again. */
export function expectedJournal({ hasBus }: { hasBus: boolean }): readonly string[] {
  const { ada, ben } = keysOf;
  return [
    ...(hasBus ? [taken(2, ada.email), taken(2, ada.sms)] : []),
    taken(2, ben.email),
    taken(2, ben.sms),
    taken(3, ben.email),
  ];
}

export const taken = (life: number, key: string): string => `taken from process ${life}: ${key}`;

function order(orderId: string, customerId: string): Command {
  const lineItems = [{ lineItemId: `${orderId}-1`, productId: 'gloves', quantity: 1 }];
  return { service: 'ordering', command: 'placeOrder', data: { orderId, customerId, lineItems } };
}

function keys(orderId: string, customerId: string) {
  const notificationId = `order-confirmed:${orderId}:${customerId}`;
  return { email: deliveryId(notificationId, 'email'), sms: deliveryId(notificationId, 'sms') };
}

function sentTo(customerId: string): string[] {
  return [`${customerId} order-confirmed email: sent`, `${customerId} order-confirmed sms: sent`];
}

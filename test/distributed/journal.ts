import { deepStrictEqual } from 'node:assert/strict';
import { messageId } from '../../src/delivery/channels/mime.ts';
import { deliveryId } from '../../src/notifications/index.ts';
import { asAdmin } from '../support/as-admin.ts';
import type { ReceivedMail } from '../support/mail-server.ts';
import { type Deployment, eventually, type Worker } from './deployment.ts';
import type { Orders } from './orders-that-come.ts';

/** What a provider was given, in the order in which it was. */
export interface Journal {
  readonly mail: { readonly mails: readonly ReceivedMail[] };
}

const keys = new WeakMap<ReceivedMail, string>();

/** The key under which the provider was asked for it. */
function keyOf(mail: ReceivedMail): string {
  let key = keys.get(mail);
  if (key === undefined) {
    key = /^Message-ID:\s*<([^>]*)>/im.exec(mail.wire)?.[1] ?? 'none';
    keys.set(mail, key);
  }
  return key;
}

const keyFor = (notificationId: string): string => messageId(deliveryId(notificationId, 'email'));

/** Which of them has things in hand; the others stand by. */
export async function holderOf(workers: readonly Worker[]): Promise<{ holder: Worker; others: Worker[] }> {
  let holder: Worker | undefined;
  await eventually('one of them holds the lease', async () => {
    const work = await Promise.all(workers.map((worker) => worker.readiness()));
    holder = workers[work.findIndex((answer) => answer?.work === 'held')];
    return holder !== undefined;
  });
  return { holder: holder as Worker, others: workers.filter((worker) => worker !== holder) };
}

/** How long after an accident a mail goes out that was asked for behind it. */
export async function nextMail({ mail }: Deployment, orders: Orders, withinMs?: number): Promise<number> {
  const before = orders.promised.length;
  return eventually(
    'customers are told again',
    () => {
      const told = new Set(mail.mails.map(keyOf));
      return orders.promised.slice(before).some((id) => told.has(keyFor(id)));
    },
    withinMs,
  );
}

/** What the provider has in its journal, held against what was promised. */
export function account({ mail }: Journal, seasons: readonly Pick<Orders, 'promised'>[]) {
  const keys = mail.mails.map(keyOf);
  const places = new Map(keys.map((key, index) => [key, index] as const).reverse());
  const promised = new Set(seasons.flatMap((orders) => orders.promised.map(keyFor)));
  return {
    lost: [...promised].filter((key) => !places.has(key)),
    unasked: [...places.keys()].filter((key) => !promised.has(key)),
    repeated: keys.length - places.size,
  };
}

/** Orders of which something was said before what came first. */
export function disordered({ mail }: Journal, orders: Pick<Orders, 'payments'>): string[] {
  const places = new Map(mail.mails.map((each, index) => [keyOf(each), index] as const).reverse());
  return [...orders.payments].flatMap(([orderId, ids]) => {
    const told = ids.map((id) => places.get(keyFor(id)) ?? Number.POSITIVE_INFINITY);
    return told.some((place, index) => place < (told[index - 1] ?? 0)) ? [orderId] : [];
  });
}

/** All of it is said, and nothing waits to be said again. */
export async function allIsSaid(
  deployment: Deployment,
  seasons: readonly Orders[],
  withinMs?: number,
): Promise<void> {
  await eventually('all are told', () => account(deployment, seasons).lost.length === 0, withinMs);
  const sql = 'select status, count(*)::int as count from notification_architectures.delivery group by 1';
  const count = seasons.reduce((sum, { promised }) => sum + promised.length, 0);
  await eventually(
    'nothing waits',
    async () => (await asAdmin(sql, deployment.server.url)).length === 1,
    withinMs,
  );
  deepStrictEqual(await asAdmin(sql, deployment.server.url), [{ status: 'sent', count }]);
}

/** Places in the journal: where something was said, and where it was said again. */
export function saidTwice({ mail }: Journal): { first: number; again: number }[] {
  const firsts = new Map<string, number>();
  return mail.mails.map(keyOf).flatMap((key, again) => {
    const first = firsts.get(key);
    if (first !== undefined) return [{ first, again }];
    firsts.set(key, again);
    return [];
  });
}

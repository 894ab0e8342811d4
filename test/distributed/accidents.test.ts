import { expect, test } from 'vitest';
import { messageId } from '../../src/delivery/channels/mime.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import { deliveryId } from '../../src/notifications/index.ts';
import { asAdmin } from '../support/a-datastore.ts';
import type { ReceivedMail } from '../support/smtp-server.ts';
import { aDeployment, type Deployment, eventually, pause, type Worker } from './a-deployment.ts';
import { type Orders, ordersComeTo } from './orders-that-come.ts';

const leaseSeconds = 4;
const takeOverMs = 2 * leaseSeconds * 1000;

const keyOf = ({ wire }: ReceivedMail): string => /^Message-ID:\s*<([^>]*)>/im.exec(wire)?.[1] ?? 'none';
const keyFor = (notificationId: string): string => messageId(deliveryId(notificationId, 'email'));

/** Which of them has things in hand; the others stand by. */
async function holderOf(workers: readonly Worker[]): Promise<{ holder: Worker; others: Worker[] }> {
  let holder: Worker | undefined;
  await eventually('one of them holds the lease', async () => {
    const work = await Promise.all(workers.map((worker) => worker.readiness()));
    holder = workers[work.findIndex((answer) => answer?.work === 'held')];
    return holder !== undefined;
  });
  return { holder: holder as Worker, others: workers.filter((worker) => worker !== holder) };
}

/** How long after an accident a mail goes out that was asked for behind it. */
async function nextMail({ mail }: Deployment, orders: Orders): Promise<number> {
  const before = orders.promised.length;
  return eventually('customers are told again', () => {
    const told = new Set(mail.mails.map(keyOf));
    return orders.promised.slice(before).some((id) => told.has(keyFor(id)));
  });
}

/** What the provider has in its journal, held against what was promised. */
function account({ mail }: Deployment, seasons: readonly Orders[]) {
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
function disordered({ mail }: Deployment, orders: Orders): string[] {
  const places = new Map(mail.mails.map((each, index) => [keyOf(each), index] as const).reverse());
  return [...orders.payments].flatMap(([orderId, ids]) => {
    const told = ids.map((id) => places.get(keyFor(id)) ?? Number.POSITIVE_INFINITY);
    return told.some((place, index) => place < (told[index - 1] ?? 0)) ? [orderId] : [];
  });
}

/** All of it is said, and nothing waits to be said again. */
async function allIsSaid(deployment: Deployment, seasons: readonly Orders[]): Promise<void> {
  await eventually('all are told', () => account(deployment, seasons).lost.length === 0);
  const sql = 'select status, count(*)::int as count from notification_architectures.delivery group by 1';
  const count = seasons.reduce((sum, { promised }) => sum + promised.length, 0);
  await eventually('nothing waits', async () => (await asAdmin(sql, deployment.server.url)).length === 1);
  expect(await asAdmin(sql, deployment.server.url)).toEqual([{ status: 'sent', count }]);
}

test('killed, stopped, cut off from its database: all are told, and again only under the same key', async () => {
  const random = seededRandom(13);
  const deployment = await aDeployment({ LEASE_SECONDS: String(leaseSeconds), DRAIN_SECONDS: '5' });
  const { start, server, mail } = deployment;
  const [api, ...first] = await Promise.all([
    start('api'),
    start('consumer', { CLOCK_AHEAD_HOURS: '1' }),
    start('consumer', { CLOCK_AHEAD_HOURS: '-1' }),
  ]);
  let workers: readonly Worker[] = first;
  const orders = await ordersComeTo(api.url, 'storm');
  await eventually('customers are told', () => mail.mails.length > 20);

  // Killed at any moment.
  for (const hours of ['1', '-1']) {
    const { holder, others } = await holderOf(workers);
    const replacement = start('consumer', { CLOCK_AHEAD_HOURS: hours });
    await pause(200 + random.next() * 1500);
    holder.signal('SIGKILL');
    expect(await nextMail(deployment, orders)).toBeLessThan(takeOverMs);
    expect(await holder.ended).toBeNull();
    workers = [...others, await replacement];
  }

  // Standing still for longer than its lease.
  const { holder: frozen } = await holderOf(workers);
  frozen.signal('SIGSTOP');
  expect(await nextMail(deployment, orders)).toBeLessThan(takeOverMs);
  frozen.signal('SIGCONT');
  await eventually('it stands by', async () => (await frozen.readiness())?.work === 'standing_by');

  // Without its database, which comes back.
  await server.kill();
  for (const worker of [api, ...workers])
    await eventually('it is not ready', async () => (await worker.readiness())?.status === 503);
  const refusedBefore = orders.refused;
  await eventually('commands are refused', () => orders.refused > refusedBefore);
  await server.start();
  for (const worker of [api, ...workers])
    await eventually('it is ready by itself', async () => (await worker.readiness())?.status === 200);

  await orders.end();
  await allIsSaid(deployment, [orders]);
  expect(account(deployment, [orders]).unasked).toEqual([]);
}, 150_000);

test('replaced one after the other under load: all are told, once, in order', async () => {
  const deployment = await aDeployment({ LEASE_SECONDS: String(leaseSeconds), DRAIN_SECONDS: '20' });
  const { start, mail } = deployment;
  const [api, ...workers] = await Promise.all([start('api'), start('consumer'), start('consumer')]);
  const orders = await ordersComeTo(api.url, 'calm');
  await eventually('customers are told', () => mail.mails.length > 20);

  for (const old of workers) {
    await start('consumer');
    old.signal('SIGTERM');
    expect(await old.ended).toBe(0);
    await nextMail(deployment, orders);
  }

  await orders.end();
  await allIsSaid(deployment, [orders]);
  expect(account(deployment, [orders])).toEqual({ lost: [], unasked: [], repeated: 0 });
  expect(disordered(deployment, orders)).toEqual([]);
}, 150_000);

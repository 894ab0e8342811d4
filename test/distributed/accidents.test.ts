import { expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/index.ts';
import { aDeployment } from './a-deployment.ts';
import { eventually, pause, type Worker } from './deployment.ts';
import { account, allIsSaid, disordered, holderOf, nextMail } from './journal.ts';
import { ordersComeTo } from './orders-that-come.ts';

const leaseSeconds = 4;
const takeOverMs = 2 * leaseSeconds * 1000;

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

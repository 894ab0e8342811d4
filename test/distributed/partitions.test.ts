import { expect, test } from 'vitest';
import { asAdmin } from '../support/as-admin.ts';
import { aDeployment } from './a-deployment.ts';
import { aWire, type Wire } from './a-wire.ts';
import { type Deployment, eventually, pause, type Worker } from './deployment.ts';
import { account, allIsSaid, disordered, holderOf, nextMail, saidTwice } from './journal.ts';
import { type Orders, ordersComeTo } from './orders-that-come.ts';

const leaseSeconds = 4;
const takeOverMs = 2 * leaseSeconds * 1000;
/** Within this a process that is cut off says of itself that it is not ready: three seconds, and what a busy machine takes. */
const noticedMs = 10_000;
/** Within this it is back, however long what it last asked was to be waited for. */
const backMs = 30_000;

interface Cut {
  readonly deployment: Deployment;
  readonly wire: Wire;
  readonly orders: Orders;
  /** At work, behind the wire. */
  readonly far: Worker;
  /** Stands by, and has the server beside it. */
  readonly near: Worker;
}

/** Orders come; of two consumers the one at work has its database behind a wire of its own. */
async function twoConsumers(season: string): Promise<Cut> {
  const deployment = await aDeployment({ LEASE_SECONDS: String(leaseSeconds), DRAIN_SECONDS: '5' });
  const { start, server, mail } = deployment;
  const wire = await aWire(server.url);
  const [api, far] = await Promise.all([start('api'), start('consumer', { DATASTORE: wire.url })]);
  const orders = await ordersComeTo(api.url, season);
  await eventually('customers are told', () => mail.mails.length > 20);
  // Whoever has something in hand keeps its lease.
  const near = await start('consumer');
  expect(await holderOf([far, near])).toMatchObject({ holder: far });
  return { deployment, wire, orders, far, near };
}

/** What is promised of an accident that began and ended then: places in the journal. */
async function nothingIsAmiss({ deployment, orders }: Cut, from: number, to: number): Promise<void> {
  await orders.end();
  await allIsSaid(deployment, [orders]);
  expect(account(deployment, [orders])).toMatchObject({ lost: [], unasked: [] });
  expect(disordered(deployment, orders)).toEqual([]);
  // Only what was in hand when it began, and not after it has ended.
  for (const { first, again } of saidTwice(deployment)) {
    expect(first).toBeGreaterThan(from - 50);
    expect(again).toBeLessThan(to + 50);
  }
}

test.each(['cut', 'swallow'] as const)(
  'a worker whose way to its database is gone (%s): another takes over, all are told, and it comes back by itself',
  async (accident) => {
    const cut = await twoConsumers(accident);
    const { deployment, wire, orders, far, near } = cut;
    const from = deployment.mail.mails.length;

    wire[accident]();
    const [toldAfterMs, notReadyAfterMs] = await Promise.all([
      nextMail(deployment, orders),
      eventually('it says that it is not ready', async () => (await far.readiness())?.status === 503),
    ]);
    expect(toldAfterMs).toBeLessThan(takeOverMs);
    expect(notReadyAfterMs).toBeLessThan(noticedMs);
    await pause(2 * takeOverMs - toldAfterMs);
    await eventually('the other has the work', async () => (await near.readiness())?.work === 'held');

    wire.heal();
    const backAfterMs = await eventually(
      'it stands by',
      async () => (await far.readiness())?.work === 'standing_by',
    );
    expect(backAfterMs).toBeLessThan(backMs);
    const to = deployment.mail.mails.length;
    // It hears of what happens again: of the death of the other, and of what is left for it.
    near.signal('SIGKILL');
    expect(await nextMail(deployment, orders)).toBeLessThan(takeOverMs);
    await nothingIsAmiss(cut, from, to + 50);
  },
  150_000,
);

test('a worker whose way to its database is slow for a while keeps its work: all are told, once', async () => {
  const cut = await twoConsumers('slow');
  const { deployment, wire, orders, far, near } = cut;
  const { mails } = deployment.mail;
  const from = mails.length;

  wire.slow(20);
  await pause(5000);
  expect(await holderOf([far, near])).toMatchObject({ holder: far });
  wire.heal();
  await eventually('it is ready', async () => (await far.readiness())?.status === 200);
  await nextMail(deployment, orders);
  const to = mails.length;

  await nothingIsAmiss(cut, from, to);
  expect(saidTwice(deployment)).toEqual([]);
  const dead = 'select 1 from notification_architectures.dead_message';
  expect(await asAdmin(dead, deployment.server.url)).toEqual([]);
}, 150_000);

test('a worker that is told to stop while nobody answers ends within the time it has', async () => {
  const { wire, far } = await twoConsumers('stopped');

  wire.swallow();
  await pause(500);
  far.signal('SIGTERM');
  const endedAfterMs = await Promise.race([
    far.ended.then(() => 0),
    pause(15_000).then(() => Number.POSITIVE_INFINITY),
  ]);

  expect(endedAfterMs).toBe(0);
}, 150_000);

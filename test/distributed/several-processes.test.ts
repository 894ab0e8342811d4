import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import {
  AlreadyConsumedError,
  type Datastore,
  DatastoreUnavailableError,
  LeaseLostError,
} from '../../src/datastore/index.ts';
import { openPostgres } from '../../src/datastore/postgres/open.ts';
import { captureEmail } from '../../src/delivery/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { createShop } from '../../src/shop/index.ts';
import { aPlace, asAdmin, openPlace } from '../support/a-datastore.ts';
import { until } from '../support/bus.ts';
import { aCustomer } from '../support/customers.ts';
import { anEntry, sent } from '../support/records.ts';

/** Two datastores on one database: to it they are two processes. */
async function two(): Promise<{ place: string; one: Datastore; other: Datastore }> {
  const place = await aPlace();
  return { place, one: await openPlace(place), other: await openPlace(place) };
}

const leaseFrom = async ({ leases }: Datastore, nowMs = 0): Promise<number> =>
  (await leases.acquire({ nowMs, untilMs: nowMs + 30_000 })) ?? expect.fail('nobody else has it');

const aPerson = (customerId: string) => ({
  customerId,
  name: customerId,
  email: `${customerId}@example.com`,
  segment: 'gold' as const,
  locale: 'en-GB',
  timeZone: 'Europe/London',
});

/** Ends the session of whoever has the lease, as the death of its process or of its network does. */
const killHolder = (place: string) =>
  asAdmin('select pg_terminate_backend(backend, 5000) from notification_architectures.lease', place);

test('a lease is held against other processes, whatever their clocks say', async () => {
  const { one, other } = await two();
  const token = await leaseFrom(one);

  expect(await other.leases.acquire({ nowMs: 9e12, untilMs: 9e12 + 30_000 })).toBeUndefined();
  const leftMs = ((await other.leases.untilMs()) ?? 0) - 9e12;
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(30_000);

  await one.leases.release(token);
  expect(await leaseFrom(other)).toBeGreaterThan(token);
});

test('once the session of its holder has ended it is to be had, and the holder writes nothing any more', async () => {
  const { place, one, other } = await two();
  const token = await leaseFrom(one);
  await one.ledger.open([anEntry('n-1', ['email'])], token);
  await killHolder(place);

  const successor = await leaseFrom(other);

  expect(successor).toBeGreaterThan(token);
  const write = () => one.ledger.record([sent('n-1', 'email')], [], [], token);
  // The first finds its session ended, and the next is asked in a new one.
  await expect(write()).rejects.toThrow(/./);
  await expect(write()).rejects.toThrow(LeaseLostError);
  expect(await one.leases.renew(token, 60_000)).toBe(false);
  expect(await other.ledger.counts()).toMatchObject({ sent: 0, pending: 1 });
  expect(await other.ledger.resumeOrphaned(0, successor)).toBe(1);
});

test('a holder whose session was opened anew keeps the lease that nobody has taken meanwhile', async () => {
  const { place, one, other } = await two();
  const token = await leaseFrom(one);
  await killHolder(place);
  await one.leases.renew(token, 30_000).catch(() => {});

  expect(await one.leases.renew(token, 30_000)).toBe(true);

  expect(await other.leases.acquire({ nowMs: 0, untilMs: 30_000 })).toBeUndefined();
});

test('who stands by asks for the lease without the pen, so that whoever works is not held up', async () => {
  const { place, one } = await two();
  const hasty = await openPostgres(place, { lockTimeoutMs: 20 });
  onTestFinished(() => hasty.close());
  await leaseFrom(one);

  const asked = await one.transaction(() => hasty.leases.acquire({ nowMs: 0, untilMs: 30_000 }));

  expect(asked).toBeUndefined();
});

test('who listens elsewhere is told of what is left, and of a holder that has gone without a word', async () => {
  const { place, one, other } = await two();
  await leaseFrom(one);
  let told = 0;
  await other.leases.listen(() => void told++);

  await one.leases.tell();
  await until(() => told > 0);
  told = 0;
  await killHolder(place);
  await until(() => told > 0);

  expect(await leaseFrom(other)).toBeGreaterThan(0);
});

test('a transaction whose session ends in the middle is undone, and the next one is asked in a new session', async () => {
  const { place, one, other } = await two();
  await leaseFrom(one);

  const attempt = one.transaction(async ({ customers }) => {
    await customers.insert(aCustomer({ id: 'kim' }));
    await killHolder(place);
    await customers.insert(aCustomer({ id: 'lee' }));
  });

  await expect(attempt).rejects.toThrow(DatastoreUnavailableError);
  expect(await other.isEmpty()).toBe(true);
  await one.customers.insert(aCustomer({ id: 'kim' }));
  expect((await other.customers.find('kim'))?.id).toBe('kim');
});

test('transactions of two processes run one after the other: what was read is so when it is written', async () => {
  const { one, other } = await two();
  const cart = { customerId: 'kim', productId: 'helmet' };
  const toggle = (datastore: Datastore) =>
    datastore.transaction(async ({ carts }) => {
      const isThere = await carts.has(cart.customerId, cart.productId);
      if (isThere) await carts.remove(cart.customerId, [cart.productId], 0);
      else await carts.add({ ...cart, quantity: 1 });
      return isThere;
    });

  const seen = await Promise.all(Array.from({ length: 20 }, (_, n) => toggle(n % 2 === 0 ? one : other)));

  expect(seen.filter(Boolean)).toHaveLength(10);
});

test('who waits too long for another process is told so, and nothing has happened', async () => {
  const { place, other } = await two();
  const hasty = await openPostgres(place, { lockTimeoutMs: 20 });
  onTestFinished(() => hasty.close());

  const refused = await other.transaction(async () =>
    hasty.transaction(({ customers }) => customers.insert(aCustomer())).catch((thrown) => thrown),
  );

  expect(refused).toBeInstanceOf(DatastoreUnavailableError);
  expect(refused).toMatchObject({ help: expect.stringContaining('Another worker is writing') });
  await hasty.transaction(({ customers }) => customers.insert(aCustomer()));
});

test('a lease is kept by the session that follows on that of its holder, unless another has it by then', async () => {
  const { place, one, other } = await two();
  const token = await leaseFrom(one);
  await killHolder(place);
  await one.ledger.open([anEntry('n-1', ['email'])], token).catch(() => {});
  await one.ledger.open([anEntry('n-1', ['email'])], token);
  expect(await other.leases.acquire({ nowMs: 0, untilMs: 30_000 })).toBeUndefined();

  await killHolder(place);
  const successor = await leaseFrom(other);
  await one.isEmpty().catch(() => {});
  await expect(one.ledger.open([anEntry('n-2', ['email'])], token)).rejects.toThrow(LeaseLostError);
  await other.ledger.open([anEntry('n-2', ['email'])], successor);
});

const begin = ({ idempotency }: Datastore) =>
  idempotency.begin({ key: 'one', fingerprint: 'f', begunAtMs: 1, forgetBeforeMs: 0 });

test('what comes under a key is under way elsewhere until whoever began it ends it', async () => {
  const { one, other } = await two();
  expect(await begin(one)).toEqual({ isElsewhere: false });

  expect(await begin(other)).toMatchObject({ isElsewhere: true, before: { key: 'one' } });
  await one.idempotency.end('one');

  expect(await begin(other)).toMatchObject({ isElsewhere: false, before: { key: 'one' } });
});

test('what a process had under way under a key when it lost its session is not waited for', async () => {
  const { place, one, other } = await two();
  await leaseFrom(one);
  await begin(one);

  await killHolder(place);

  expect(await begin(other)).toMatchObject({ isElsewhere: false });
});

test('what could not be begun under a key is not under way', async () => {
  const { place, one, other } = await two();
  await asAdmin('alter table notification_architectures.idempotency_key rename to elsewhere', place);
  await expect(begin(one)).rejects.toThrow();
  await asAdmin('alter table notification_architectures.elsewhere rename to idempotency_key', place);

  expect(await begin(other)).toEqual({ isElsewhere: false });
});

test('any number of workers may consume, and none beside one whose clock is its own', async () => {
  const { one, other } = await two();
  const leave = [await one.claimConsumption(), await other.claimConsumption()];

  await expect(other.claimConsumption({ isAlone: true })).rejects.toThrow(AlreadyConsumedError);
  leave[0]?.();
  await one.isEmpty();
  const leaveAlone = await other.claimConsumption({ isAlone: true });
  await expect(one.claimConsumption()).rejects.toThrow(AlreadyConsumedError);

  leaveAlone();
  await other.isEmpty();
  await expect(one.claimConsumption()).resolves.toBeTypeOf('function');
});

test('who always stands by publishes, and tells nobody; who works tells those of before, too', async () => {
  const place = await aPlace();
  const clock = systemClock();
  const open = async (part: 'works' | 'stands-by') => {
    const email = captureEmail({ clock });
    const shop = await createShop({ channels: [email], data: place, clock, part });
    onTestFinished(() => shop.close());
    await shop.start();
    return { shop, told: () => email.outbox.all().map(({ to }) => to) };
  };
  const api = await open('stands-by');
  await api.shop.services.accounts.registerCustomer(aPerson('before'));
  await api.shop.settle();

  const worker = await open('works');
  await api.shop.services.accounts.registerCustomer(aPerson('after'));
  await until(() => worker.told().length === 2);
  await api.shop.send({ notificationId: 'n', channel: 'email', recipient: 'after', message: 'one' });
  await until(() => worker.told().length === 3);
  for (const { shop } of [api, worker]) await shop.settle();

  expect(worker.told()).toEqual(['before@example.com', 'after@example.com', 'after@example.com']);
  expect(api.told()).toEqual([]);
  expect(api.shop.bus.lease?.token).toBeUndefined();
});

test('two shops on one database tell each customer once, and one goes on when the other has lost its session', async () => {
  const place = await aPlace();
  const clock = systemClock();
  const opened = await Promise.all(
    [0, 1].map(async () => {
      const email = captureEmail({ clock });
      const shop = await createShop({ channels: [email], data: place, clock });
      onTestFinished(() => shop.close());
      return { shop, email };
    }),
  );
  for (const { shop } of opened) await shop.start();
  const register = async (at: number, customerId: string): Promise<unknown> =>
    opened[at]?.shop.services.accounts.registerCustomer(aPerson(customerId));
  const told = () => opened.flatMap(({ email }) => email.outbox.all().map(({ to }) => to)).sort();

  for (let n = 0; n < 10; n++) await register(n % 2, `before-${n}`);
  await until(() => told().length >= 10);
  // What was told and not yet written down is told again, under the same key: that is no part of this story.
  for (const { shop } of opened) await shop.settle();
  await killHolder(place);
  for (let n = 0; n < 10; n++) await register(n % 2, `after-${n}`).catch(() => register(n % 2, `after-${n}`));
  await until(() => new Set(told()).size >= 20);

  expect(told()).toEqual([...new Set(told())]);
});

test('a process that listens, and has nothing else to do, lives until it has closed', async () => {
  const program = `
    import { openPostgres } from './src/datastore/postgres/open.ts';
    const datastore = await openPostgres(process.argv[1]);
    await datastore.leases.listen(() => {});
    await datastore.close();
    console.log('closed');`;
  const node = ['--import', 'tsx/esm', '--input-type=module', '-e', program, await aPlace()];

  const { stdout } = await promisify(execFile)(process.execPath, node);

  expect(stdout).toBe('closed\n');
});

test('who tells the others often in a moment is heard, and not each time', async () => {
  const { place, one } = await two();
  const listener = new pg.Client({ connectionString: place });
  onTestFinished(() => listener.end());
  await listener.connect();
  let heard = 0;
  listener.on('notification', () => heard++);
  await listener.query('listen notification_architectures');
  onTestFinished(await one.leases.listen(() => {}));

  await Promise.all(Array.from({ length: 100 }, () => one.leases.tell()));
  await listener.query('select 1');

  expect(heard).toBe(2);
});

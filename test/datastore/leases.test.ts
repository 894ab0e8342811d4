import { describe, expect, it, test } from 'vitest';
import { type Datastore, LeaseLostError, nothingConsumed } from '../../src/datastore/index.ts';
import { aPlace, emptyDatastore, openPlace } from '../support/a-datastore.ts';
import { eventMaker } from '../support/events.ts';
import { anEntry, deferred, sent } from '../support/records.ts';
import { rejectionOf } from '../support/rejection.ts';

/** A worker's lease from 0 to 100. */
async function firstLease({ leases }: Datastore): Promise<number> {
  return (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? expect.fail('nobody else is there');
}

/** The lease after that had run out. */
async function takenOver({ leases }: Datastore): Promise<number> {
  return (await leases.acquire({ nowMs: 100, untilMs: 200 })) ?? expect.fail('it has run out');
}

describe('a lease', () => {
  it('is held by one at a time, until it has run out', async () => {
    const { leases } = await emptyDatastore();
    const first = await leases.acquire({ nowMs: 0, untilMs: 100 });

    expect(await leases.acquire({ nowMs: 99, untilMs: 199 })).toBeUndefined();
    expect(await leases.untilMs()).toBe(100);
    expect(await leases.acquire({ nowMs: 100, untilMs: 200 })).toBeGreaterThan(first ?? Number.NaN);
    expect(await leases.untilMs()).toBe(200);
  });

  it('that is renewed does not run out', async () => {
    const { leases } = await emptyDatastore();
    const token = (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? 0;

    expect(await leases.renew(token, 150)).toBe(true);

    expect(await leases.acquire({ nowMs: 149, untilMs: 249 })).toBeUndefined();
  });

  it('that is renewed twice at once lasts as long as it does by the later one, whichever comes first', async () => {
    const { leases } = await emptyDatastore();
    const token = (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? 0;

    await leases.renew(token, 200);
    expect(await leases.renew(token, 150)).toBe(true);

    expect(await leases.untilMs()).toBe(200);
  });

  it('that another has taken cannot be renewed, nor given back', async () => {
    const datastore = await emptyDatastore();
    const token = await firstLease(datastore);
    await takenOver(datastore);

    expect(await datastore.leases.renew(token, 900)).toBe(false);
    await datastore.leases.release(token);

    expect(await datastore.leases.untilMs()).toBe(200);
  });

  it('that is given back can be had at once, and no token is ever given again', async () => {
    const { leases } = await emptyDatastore();
    const tokens: number[] = [];
    for (let round = 0; round < 3; round++) {
      const token = (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? 0;
      tokens.push(token);
      await leases.release(token);
    }

    expect(await leases.untilMs()).toBeUndefined();
    expect(tokens).toEqual([...new Set(tokens)].sort((one, other) => one - other));
    expect(new Set(tokens).size).toBe(3);
  });

  it('tells those who listen that it is to be had, and whatever it is asked to tell', async () => {
    const { leases } = await emptyDatastore();
    let told = 0;
    const leave = await leases.listen(() => void told++);
    const token = (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? 0;
    expect(told).toBe(0);

    await leases.release(token);
    await leases.tell();
    leave();
    await leases.tell();

    expect(told).toBe(2);
  });
});

test('of a file, whoever held the lease is known to be dead when the next process claims it', async () => {
  const place = await aPlace();
  const died = await openPlace(place);
  await died.claimConsumption();
  const token = await firstLease(died);
  await died.close();

  const next = await openPlace(place);
  await next.claimConsumption();
  const successor = await next.leases.acquire({ nowMs: 0, untilMs: 100 });
  // A worker beside it is none before it.
  await next.claimConsumption();

  expect(successor).toBeGreaterThan(token);
  expect(await next.leases.untilMs()).toBe(100);
});

describe('a worker whose lease is another’s', () => {
  const entries = () => [anEntry('n-1', ['email'])];

  it.each<readonly [string, (datastore: Datastore, token: number) => Promise<unknown>]>([
    ['enters nothing', ({ ledger }, token) => ledger.open([anEntry('n-2', ['email'])], token)],
    ['writes no outcome', ({ ledger }, token) => ledger.record([sent('n-1', 'email')], [], [], token)],
    ['takes nothing that is due', ({ ledger }, token) => ledger.takeDue('email', 50, 10, token)],
    ['takes nothing over', ({ ledger }, token) => ledger.resumeOrphaned(50, token)],
    ['takes nothing back', ({ ledger }, token) => ledger.resumeLost('email', ['n-1'], 50, token)],
    [
      'acknowledges nothing, nor publishes what it emitted',
      ({ consumption }, token) =>
        consumption.commit({ ...nothingConsumed, append: [eventMaker().registered('kim')], token }),
    ],
  ])('%s, and is told so', async (_what, write) => {
    const datastore = await emptyDatastore();
    const token = await firstLease(datastore);
    await datastore.ledger.open(entries(), token);
    await takenOver(datastore);
    const before = [await datastore.ledger.find('id', 'n-1'), await datastore.ledger.counts()];

    const refused = await rejectionOf(() => write(datastore, token));

    expect(refused).toBeInstanceOf(LeaseLostError);
    expect(refused).toMatchObject({ code: 'lease_lost', token, message: /another worker/ });
    expect([await datastore.ledger.find('id', 'n-1'), await datastore.ledger.counts()]).toEqual(before);
    expect(await datastore.consumption.head()).toBe(0);
  });

  it('is refused inside a transaction too, all of which is undone', async () => {
    const datastore = await emptyDatastore();
    const token = await firstLease(datastore);
    await datastore.ledger.open(entries(), token);
    await takenOver(datastore);

    const both = datastore.transaction(async ({ suppressions, ledger }) => {
      await suppressions.add({ address: 'kim@example.com', reason: 'bounced', sinceMs: 0 });
      await ledger.record([sent('n-1', 'email')], [], [], token);
    });

    await expect(both).rejects.toThrow(LeaseLostError);
    expect(await datastore.suppressions.list({ limit: 9 })).toEqual([]);
  });
});

test('whoever holds the lease enters, takes, and writes what became of it', async () => {
  const { ledger, leases } = await emptyDatastore();
  const token = (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? 0;

  await ledger.open([anEntry('n-1', ['email'])], token);
  await ledger.record([deferred('n-1', 'email', 10)], [], [], token);
  const [line] = await ledger.takeDue('email', 10, 9, token);
  await ledger.record([sent('n-1', 'email')], [], [], token);

  expect(line?.notification.id).toBe('n-1');
  expect(await ledger.counts()).toMatchObject({ sent: 1, pending: 0 });
});

test('a lease under which time runs out is its holder’s as long as nobody else has taken it', async () => {
  const { ledger, leases } = await emptyDatastore();
  const token = (await leases.acquire({ nowMs: 0, untilMs: 100 })) ?? 0;

  await ledger.open([anEntry('n-1', ['email'])], token);

  expect(await leases.renew(token, 900)).toBe(true);
});

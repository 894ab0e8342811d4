import { expect, test } from 'vitest';
import { type Datastore, LeaseLostError, nothingConsumed } from '../../src/datastore/index.ts';
import { openPostgres } from '../../src/datastore/postgres/open.ts';
import { aPlace, asAdmin, openPlace } from '../support/a-datastore.ts';
import { eventMaker } from '../support/events.ts';
import { anEntry, sent } from '../support/records.ts';
import { aWire, type Wire } from './a-wire.ts';
import { eventually } from './deployment.ts';

interface Far {
  readonly datastore: Datastore;
  readonly token: number;
  /** How often the work has asked the server and waited for it. */
  ways(work: () => Promise<unknown>): Promise<number>;
}

/** A server that is far away: everything takes 5 ms to get there, and as long to come back. */
async function farAway(): Promise<Far> {
  const wire: Wire = await aWire(await aPlace());
  const datastore = await openPlace(wire.url);
  const token = (await datastore.leases.acquire({ nowMs: 0, untilMs: 1e6 })) ?? Number.NaN;
  wire.slow(5);
  return {
    datastore,
    token,
    async ways(work) {
      const before = wire.waysThereAndBack;
      await work();
      return wire.waysThereAndBack - before;
    },
  };
}

test('entries are two ways to the server, since what is new is asked; outcomes and acknowledgements are one, however many', async () => {
  const { datastore, token, ways } = await farAway();
  const { ledger, consumption } = datastore;
  const make = eventMaker();
  await consumption.enter('mailer');
  await consumption.enter('texter');
  const entries = Array.from({ length: 50 }, (_, nr) => anEntry(`n-${nr}`));
  const ends = entries.flatMap(({ deliveries }) =>
    deliveries.map(({ notificationId, channel }) => sent(notificationId, channel)),
  );
  const verdicts = ends.map(({ notificationId, channel }) => ({
    notificationId,
    channel,
    atMs: 1,
    reason: 'quiet_hours' as const,
    untilMs: 2,
  }));
  const progress = ['mailer', 'texter'].map((subscriber) => ({
    subscriber,
    position: 3,
    ahead: [5, 6],
    passesAhead: true,
  }));

  expect(await ways(() => ledger.open(entries, token))).toBe(2);
  expect(await ways(() => ledger.record(ends, verdicts, [], token))).toBe(1);
  expect(await ways(() => consumption.commit({ ...nothingConsumed, token, progress }))).toBe(1);
  const append = Array.from({ length: 30 }, (_, nr) => make.registered(`c-${nr}`));
  expect(await ways(() => consumption.commit({ ...nothingConsumed, append }))).toBe(2);

  expect(await ledger.counts()).toMatchObject({ requested: 100, sent: 100 });
  expect(await consumption.checkpoint('texter')).toEqual({ position: 3, aheadTo: 6 });
  expect(await consumption.head()).toBe(30);
});

test('what comes behind a lease that is lost is not done, though it is on its way already', async () => {
  const { datastore, token } = await farAway();
  const { ledger, consumption, leases } = datastore;
  const entry = anEntry('n-1', ['email']);
  await ledger.open([entry], token);
  await consumption.enter('mailer');
  await leases.release(token);

  const ends = entry.deliveries.map(({ notificationId, channel }) => sent(notificationId, channel));
  const progress = [{ subscriber: 'mailer', position: 3, ahead: [], passesAhead: false }];

  await expect(ledger.record(ends, [], [], token)).rejects.toThrow(LeaseLostError);
  await expect(consumption.commit({ ...nothingConsumed, token, progress })).rejects.toThrow(LeaseLostError);
  await expect(ledger.takeDue('email', 1e6, 10, token)).rejects.toThrow(LeaseLostError);
  expect(await ledger.counts()).toMatchObject({ requested: 1, pending: 1 });
  expect(await consumption.checkpoint('mailer')).toEqual({ position: 0, aheadTo: 0 });
});

test('of a transaction of which one statement fails nothing is kept, and whoever commits is told which', async () => {
  const { datastore, token } = await farAway();
  const { consumption } = datastore;
  await consumption.enter('mailer');
  const states = [{ subscriber: 'mailer', key: 'kim', version: 1, value: '{}' }];
  const noPosition = [{ subscriber: 'mailer', position: 1.5, ahead: [], passesAhead: false }];

  const committing = consumption.commit({ ...nothingConsumed, token, states, progress: noPosition });

  await expect(committing).rejects.toThrow(/bigint: "1\.5"/);
  expect(await consumption.state('mailer', 'kim')).toBeUndefined();
  await consumption.commit({ ...nothingConsumed, token, states });
  expect(await consumption.state('mailer', 'kim')).toMatchObject({ version: 1 });
});

test.each([
  [
    'transactions',
    (datastore: Datastore) => datastore.transaction(async ({ customers }) => customers.find('kim')),
  ],
  ['single questions', (datastore: Datastore) => datastore.customers.find('kim')],
  ['figures', (datastore: Datastore) => datastore.statistics.deliveries()],
  ['nothing', async () => {}],
])(
  'a datastore that was used for %s alone leaves no session behind when it is closed',
  async (_what, use) => {
    const place = await aPlace();
    const datastore = await openPostgres(place);
    await use(datastore);

    await datastore.close();

    const sql = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    await eventually(
      'the server has seen them end',
      async () => (await asAdmin(sql, place)).length === 0,
      10_000,
    );
    expect(await asAdmin(sql, place)).toEqual([]);
  },
);

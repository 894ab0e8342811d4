import { expect, inject, onTestFinished, test } from 'vitest';
import { benchServer } from '../../bench/server/bench-server.ts';
import { measureWorkers, workersTables } from '../../bench/workers.ts';
import { asAdmin } from '../support/a-datastore.ts';

const databases = async (): Promise<unknown[]> =>
  (await asAdmin("select datname from pg_database where datname like 'bench%'")).map(
    ({ datname }) => datname,
  );

test('one run has the floor of each engine, a file, and workers, with what a delivery takes', async () => {
  const DATASTORE = inject('postgres')?.url ?? expect.fail('there is a server');
  const server = await benchServer({ POSTGRES_BIN: '/nowhere', DATASTORE });

  const figures = await measureWorkers(
    { server, rounds: 1, counts: [2], events: 500, seconds: 1 },
    (_, work) => work(),
  );

  const [fileFloor, file, floor, workers] = figures.rows;
  expect(figures.rows.map(({ name, workers: count }) => [name, count])).toEqual([
    ['the same rows on a file (floor)', null],
    ['event-sourced on a file, one process', null],
    ['the same rows on PostgreSQL (floor)', null],
    ['event-sourced on PostgreSQL, 2 workers', 2],
  ]);
  for (const { perSecond } of figures.rows) expect(perSecond).toBeGreaterThan(0);
  expect([fileFloor?.timesFloor, floor?.timesFloor]).toEqual([null, null]);
  expect(workers?.timesFloor).toBeCloseTo((floor?.perSecond ?? 0) / (workers?.perSecond ?? 0), 0);
  for (const row of [file, workers]) {
    expect(row?.latencyMs?.p50).toBeGreaterThan(0);
    expect(row?.latencyMs?.p99).toBeGreaterThanOrEqual(row?.latencyMs?.p50 ?? 0);
  }
  // Of two deliveries: an event, a notification, and each of the two entered, and ended; what is more, says how far it is.
  for (const row of [floor, workers]) {
    expect(row?.costs.rows).toBeGreaterThanOrEqual(3);
    expect(row?.costs.rows).toBeLessThan(5);
    expect(row?.costs.walBytes).toBeGreaterThan(500);
    expect(row?.costs.transactions).toBeGreaterThan(0);
  }
  expect(workersTables(figures).join('\n')).toMatch(
    /^event-sourced on PostgreSQL, 2 workers +[\d,]+ .* ms +[\d,]+ ms$/m,
  );
  expect(await databases()).toEqual([]);
}, 240_000);

test('a server of its own waits for its disk, and is gone behind it', async () => {
  const server = await benchServer({});
  onTestFinished(() => server.end());

  expect(await server.about()).toMatchObject({ version: expect.stringMatching(/^\d+/), isOnDisk: true });
  const place = await server.withDatabase(async (lent) => {
    expect(await asAdmin('select 1 as one', lent)).toEqual([{ one: 1 }]);
    return lent;
  });

  await expect(asAdmin('select 1', place)).rejects.toThrow(/does not exist/);
  await server.end();
  await expect(asAdmin('select 1', place)).rejects.toThrow(/ECONNREFUSED/);
});

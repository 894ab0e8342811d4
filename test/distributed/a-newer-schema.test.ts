import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type Datastore, LeaseLostError } from '../../src/datastore/index.ts';
import { openPostgres } from '../../src/datastore/postgres/open.ts';
import { aPlace, asAdmin, openPlace } from '../support/a-datastore.ts';
import { aCustomer } from '../support/customers.ts';
import { anEntry } from '../support/records.ts';
import { eventually } from './deployment.ts';

/** Opened, and closed, by a program whose schema has so many steps more. */
const openByNewer = (place: string, steps = 1): Promise<unknown> =>
  promisify(execFile)(
    process.execPath,
    [
      ...[
        '--import',
        'tsx/esm',
        '--import',
        './test/distributed/newer-schema.mjs',
        '--input-type=module',
        '-e',
      ],
      `import { openPostgres } from './src/datastore/postgres/open.ts';
      await (await openPostgres(process.argv[1])).close();`,
      place,
    ],
    {
      env: {
        ...process.env,
        NEWER_STEPS: String(steps),
        NEWER_SCHEMA: '../../src/datastore/postgres/schema.ts',
      },
    },
  );

const leaseFrom = async ({ leases }: Datastore): Promise<number> =>
  (await leases.acquire({ nowMs: 0, untilMs: 30_000 })) ?? expect.fail('nobody else has it');

test('what was asked before a newer program has added a column is answered after it, in the same session', async () => {
  const place = await aPlace();
  const datastore = await openPlace(place);
  const token = await leaseFrom(datastore);
  await datastore.customers.insert(aCustomer({ id: 'kim' }));
  await datastore.ledger.open([anEntry('n-1', ['email'])], token);
  const kim = await datastore.customers.find('kim');

  await openByNewer(place);

  expect(await datastore.customers.find('kim')).toEqual(kim);
  expect(await datastore.leases.renew(token, 60_000)).toBe(true);
  await datastore.ledger.open([anEntry('n-2', ['email'])], token);
  expect(await datastore.ledger.counts()).toMatchObject({ pending: 2 });
});

test('within a transaction that is told as trouble that passes, and the next one goes through', async () => {
  const place = await aPlace();
  const datastore = await openPlace(place);
  await datastore.customers.insert(aCustomer({ id: 'kim' }));
  const look = () => datastore.transaction(({ customers }) => customers.find('kim'));
  const kim = await look();

  await asAdmin('alter table notification_architectures.customer add column newer text', place);

  await expect(look()).rejects.toMatchObject({ help: expect.stringContaining('A newer program') });
  expect(await look()).toEqual(kim);
});

test('a program one step behind goes on', async () => {
  const place = await aPlace();
  const datastore = await openPlace(place);

  await openByNewer(place);

  await expect(datastore.check()).resolves.toBeDefined();
  await datastore.leases.release(await leaseFrom(datastore));
});

test('a program two steps behind has nothing in hand any more, and is not ready', async () => {
  const place = await aPlace();
  const datastore = await openPlace(place);
  const token = await leaseFrom(datastore);

  await openByNewer(place, 2);

  await expect(datastore.ledger.open([anEntry('n-1', ['email'])], token)).rejects.toThrow(LeaseLostError);
  expect(await datastore.leases.acquire({ nowMs: 0, untilMs: 30_000 })).toBeUndefined();
  await expect(datastore.check()).rejects.toMatchObject({
    cause: { message: expect.stringContaining('too new') },
  });
});

test('while somebody looks at a table, a newer program waits for it in small pieces, and holds up nobody for long', async () => {
  const place = await aPlace();
  const reader = new pg.Client({ connectionString: place });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('begin; lock table notification_architectures.delivery in access share mode');
  const impatient = await openPostgres(place, { lockTimeoutMs: 3000 });
  onTestFinished(() => impatient.close());

  const opened = openByNewer(place);
  let isOver = false;
  const goesOn = async (): Promise<void> => {
    while (!isOver) {
      await impatient.ledger.counts();
      await pause(20);
    }
  };
  let waits = 0;
  let isWaiting = false;
  const hasWaitedOften = eventually('it has waited, and let go, three times', async () => {
    const sql = `select 1 from pg_locks where not granted and mode = 'AccessExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())`;
    const is = (await asAdmin(sql, place)).length > 0;
    if (is && !isWaiting) waits++;
    isWaiting = is;
    return waits === 3;
  });
  await Promise.all([
    goesOn(),
    hasWaitedOften.finally(() => {
      isOver = true;
    }),
  ]);
  await reader.query('commit');
  await opened;

  expect(await asAdmin('select newer_1 from notification_architectures.delivery', place)).toEqual([]);
});

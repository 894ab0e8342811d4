import { expect, test } from 'vitest';
import { asAdmin } from '../support/a-datastore.ts';
import { built } from '../support/built.ts';
import { aDeployment } from './a-deployment.ts';
import { eventually } from './deployment.ts';
import { account, allIsSaid, disordered, nextMail } from './journal.ts';
import { ordersComeTo } from './orders-that-come.ts';

/** Of a process of the next version, whose schema has one step more. */
const newer = {
  NODE_OPTIONS: '--import ./test/distributed/newer-schema.mjs',
  NEWER_SCHEMA: `${built}datastore/postgres/schema.js`,
};

test('a version with a step of the schema replaces the one before under load: all are told, once, in order', async () => {
  const deployment = await aDeployment({ LEASE_SECONDS: '4', DRAIN_SECONDS: '20' });
  const { start, mail, server } = deployment;
  const [api, ...old] = await Promise.all([start('api'), start('consumer'), start('consumer')]);
  let url = api.url;
  const orders = await ordersComeTo(() => url, 'rolling');
  await eventually('customers are told', () => mail.mails.length > 20);

  for (const worker of old) {
    await start('consumer', newer);
    const version = await asAdmin(
      'select version from notification_architectures.schema_version',
      server.url,
    );
    expect(version).toEqual([{ version: '2' }]);
    // Those of the version before work, and say so.
    await nextMail(deployment, orders);
    for (const each of [api, worker]) expect(await each.readiness()).toMatchObject({ status: 200 });
    worker.signal('SIGTERM');
    expect(await worker.ended).toBe(0);
    await nextMail(deployment, orders);
  }
  await expect(start('consumer')).rejects.toThrow(/schema version 2 is newer than 1/);
  const newerApi = await start('api', newer);
  url = newerApi.url;
  api.signal('SIGTERM');
  expect(await api.ended).toBe(0);
  await nextMail(deployment, orders);

  await orders.end();
  await allIsSaid(deployment, [orders]);
  expect(account(deployment, [orders])).toEqual({ lost: [], unasked: [], repeated: 0 });
  expect(disordered(deployment, orders)).toEqual([]);
}, 300_000);

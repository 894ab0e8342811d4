import { expect, test } from 'vitest';
import { openDatastore, WorkLease } from '../../src/datastore/index.ts';
import { InFlightCounter, VirtualClock } from '../../src/kernel/index.ts';

test('of all who need the lease when it is to be renewed, one renews it', async () => {
  const clock = new VirtualClock(0);
  const datastore = openDatastore();
  let renewals = 0;
  const leases = {
    ...datastore.leases,
    renew(token: number, untilMs: number) {
      renewals++;
      return datastore.leases.renew(token, untilMs);
    },
  };
  const lease = new WorkLease({ datastore: { ...datastore, leases }, clock, leaseMs: 30_000 });
  lease.use({ inFlight: new InFlightCounter(), held: async () => {}, lost() {}, told() {} });
  await lease.join();
  const { token } = lease;
  await clock.advanceTo(15_000, async () => {});

  const tokens = await Promise.all([lease.ensure(), lease.ensure(), lease.ensure()]);
  expect([tokens, renewals]).toEqual([[token, token, token], 1]);
  await clock.advanceTo(30_000, async () => {});
  await lease.ensure();

  expect(renewals).toBe(2);
  await lease.end();
});

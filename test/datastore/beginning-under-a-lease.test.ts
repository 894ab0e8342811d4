import { expect, it } from 'vitest';
import { openDatastore, WorkLease } from '../../src/datastore/index.ts';
import { InFlightCounter, VirtualClock } from '../../src/kernel/index.ts';
import { rejectionOf } from '../support/rejection.ts';

type LeaseUser = Parameters<WorkLease['use']>[0];

/** Notes what it is told of a lease. */
function aUser(name: string, told: string[], held: () => void = () => {}): LeaseUser {
  return {
    inFlight: new InFlightCounter(),
    held() {
      told.push(`${name} held`);
      held();
    },
    lost: () => void told.push(`${name} lost`),
    told: () => {},
  };
}

it('when one of those who share a lease cannot begin, those who have begun hear that it is lost', async () => {
  const clock = new VirtualClock(0);
  const datastore = openDatastore();
  const told: string[] = [];
  const trouble = [new Error('the disk is full')];
  const lease = new WorkLease({ datastore, clock });
  lease.use(
    aUser('bus', told, () => {
      const thrown = trouble.pop();
      if (thrown !== undefined) throw thrown;
    }),
  );
  lease.use(aUser('delivery', told));

  expect(await rejectionOf(() => lease.join())).toMatchObject({ message: 'the disk is full' });

  expect(lease.token).toBeUndefined();
  // Who is behind begins first.
  expect(told).toEqual(['delivery held', 'bus held', 'bus lost', 'delivery lost']);
  // It is anybody's, and so its own as soon as it can begin.
  await lease.join();
  expect(told.slice(4)).toEqual(['delivery held', 'bus held']);
  expect(lease.token).toBeDefined();
});

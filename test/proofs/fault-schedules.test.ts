import { expect, it } from 'vitest';
import { checkSchedules } from './support/check-schedules.ts';

/** Half of a thousand; the other half is played beside it, in a file of its own. */
it('500 schedules of faults break no promise', async () => {
  const broken = await checkSchedules({
    architecture: 'event-sourced',
    bus: 'durable',
    runs: 500,
    seed: 20_260_302,
  });

  expect(broken).toBeUndefined();
}, 120_000);

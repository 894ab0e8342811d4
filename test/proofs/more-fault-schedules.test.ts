import { expect, it } from 'vitest';
import { checkSchedules } from './support/check-schedules.ts';

it('965 other schedules of faults break no promise', async () => {
  const broken = await checkSchedules({ architecture: 'event-sourced', bus: 'durable', runs: 965, seed: 42 });

  expect(broken).toBeUndefined();
}, 600_000);

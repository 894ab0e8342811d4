import { expect, it } from 'vitest';
import { checkSchedules } from './support/check-schedules.ts';

it('500 other schedules of faults break no promise', async () => {
  const broken = await checkSchedules({ architecture: 'event-sourced', bus: 'durable', runs: 500, seed: 42 });

  expect(broken).toBeUndefined();
}, 120_000);

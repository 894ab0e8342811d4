import { expect, it } from 'vitest';
import { checkSchedules } from './support/check-schedules.ts';

/** A part of a thousand; the others are played with what takes long. */
it('35 schedules of faults break no promise', async () => {
  const broken = await checkSchedules({
    architecture: 'event-sourced',
    bus: 'durable',
    runs: 35,
    seed: 20_260_302,
  });

  expect(broken).toBeUndefined();
}, 300_000);

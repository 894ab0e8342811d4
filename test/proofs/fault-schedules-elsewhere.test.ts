import { expect, test } from 'vitest';
import { checkSchedules } from './support/check-schedules.ts';

test.each(['pipeline', 'command-driven'] as const)(
  'on %s, 150 schedules of faults break no promise either',
  async (architecture) => {
    const broken = await checkSchedules({ architecture, bus: 'durable', runs: 150, seed: 20260303 });

    expect(broken).toBeUndefined();
  },
  120_000,
);

test('where services call within the transaction, 150 schedules of faults break no promise either', {
  timeout: 120_000,
}, async () => {
  const broken = await checkSchedules({
    architecture: 'api-driven',
    handOver: 'transactional',
    bus: 'in-memory',
    runs: 150,
    seed: 20260304,
  });

  expect(broken).toBeUndefined();
});

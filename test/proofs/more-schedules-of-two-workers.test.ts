import { expect, test } from 'vitest';
import { checkTogetherSchedules } from './two-workers/check.ts';
import { acknowledgesUnfenced, neverHearsOfALoss, takesUnfenced } from './two-workers/planted.ts';

test.each([
  { architecture: 'event-sourced', bus: 'durable', runs: 300 },
  { architecture: 'pipeline', bus: 'durable', runs: 250 },
  { architecture: 'command-driven', bus: 'durable', runs: 250 },
  { architecture: 'api-driven', bus: 'in-memory', handOver: 'transactional', runs: 250 },
] as const)(
  '$architecture: $runs schedules in which two workers share a datastore break no promise',
  {
    timeout: 300_000,
  },
  async (shop) => {
    expect(await checkTogetherSchedules({ ...shop, seed: 2 })).toBeUndefined();
  },
);

const eventSourced = { architecture: 'event-sourced', bus: 'durable', seed: 2 } as const;
const apiDriven = {
  architecture: 'api-driven',
  bus: 'in-memory',
  handOver: 'transactional',
  seed: 1,
} as const;

test.each([
  ['what is due is taken under no lease', apiDriven, takesUnfenced, /wrote while .*: taken-up/],
  ['messages are acknowledged under no lease', eventSourced, acknowledgesUnfenced, /wrote while .*messages/],
  ['a worker never hears that its lease is lost', { ...eventSourced, seed: 1 }, neverHearsOfALoss, /./],
])('they see within 500 when %s', { timeout: 300_000 }, async (_bug, shop, alter, said) => {
  expect(await checkTogetherSchedules({ ...shop, runs: 500, alter })).toMatch(said);
});

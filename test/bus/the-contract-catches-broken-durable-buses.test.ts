import { expect, test } from 'vitest';
import {
  blocksBehindARetry,
  checkpointsBeforeHandling,
  type DurableBreakage,
  dropsDeadLettersOnRedrive,
  forgetsItsCheckpoints,
  forgetsItsRetries,
  jittersBeyondTheCap,
  losesItsDead,
  unbrokenButWrapped,
} from '../support/broken-durable-buses.ts';
import { contractRows } from './contract.ts';

const breakages: readonly [defect: DurableBreakage, sentence: RegExp][] = [
  [checkpointsBeforeHandling, /^durable: what was published outlives the process/],
  [forgetsItsCheckpoints, /^durable: what was handled is remembered/],
  [forgetsItsRetries, /^retries: what failed once is tried again/],
  [forgetsItsRetries, /^retries: what waits for its retry outlives the process/],
  [losesItsDead, /^a dead letter says who failed/],
  [losesItsDead, /^durable: dead letters outlive the process/],
  [dropsDeadLettersOnRedrive, /^redrive: a dead letter can be handed to its subscriber again/],
  [jittersBeyondTheCap, /^retries: a wait is spread over its whole length, and never longer than promised/],
  [blocksBehindARetry, /^retries: those behind a failed message go on while it waits/],
];

const stories = breakages.map(([defect, sentence]) => ({ name: defect.name, defect, sentence }));

test.each(stories)('a durable bus that $name breaks the sentence $sentence', async ({ defect, sentence }) => {
  const rows = Object.entries(contractRows).filter(([title]) => sentence.test(title));
  expect(rows).toHaveLength(1);

  for (const [, row] of rows) await expect(row(await defect())).rejects.toThrow();
});

test.each(stories)('the same wrapped, but unbroken, keeps the sentence $sentence', async ({ sentence }) => {
  const rows = Object.entries(contractRows).filter(([title]) => sentence.test(title));

  for (const [, row] of rows) await row(await unbrokenButWrapped());
});

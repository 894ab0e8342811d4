import { expect, test } from 'vitest';
import {
  openUsers,
  type RequestEntry,
  Submitter,
  sourceOf,
} from '../../../src/flows/notification-requests/index.ts';

/** Sends a generated load to providers that fail, and says what became of the deliveries. */
async function sendTo(options: { failureRate?: number; failFirst?: number }, handlerRetryAttempts: number) {
  const source = sourceOf({ stress: 400, seed: 1, ...options });
  const settings = { handlerRetryAttempts, maxConsecutiveFailures: Number.MAX_SAFE_INTEGER };
  const submitter = new Submitter({
    stopwatch: () => 0,
    ...source,
    datastore: await openUsers(undefined),
    settings,
  });
  const entries: RequestEntry[] = [];
  for await (const entry of source.entries) entries.push(entry);
  const results = await submitter.send(entries);
  await submitter.close();
  const deliveries = results
    .flatMap((result) => result.deliveries)
    .filter(({ outcome }) => outcome !== 'skipped');
  const failed = deliveries.filter(({ outcome }) => outcome === 'failed').length;
  return { share: failed / deliveries.length, failed, dead: submitter.pipeline.deadLetters().length };
}

test('of 30 % failures, three retries leave about 1 %', async () => {
  const { share, failed, dead } = await sendTo({ failureRate: 0.3 }, 3);

  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.03);
  expect(dead).toBe(failed);
});

test('without retries, 30 % failures are 30 %', async () => {
  const { share } = await sendTo({ failureRate: 0.3 }, 0);

  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.4);
});

test('the first sends of each channel fail, and are made good', async () => {
  expect(await sendTo({ failFirst: 2 }, 0)).toMatchObject({ failed: 8 });
  expect(await sendTo({ failFirst: 2 }, 3)).toMatchObject({ failed: 0 });
});

import { executionAsyncId } from 'node:async_hooks';
import { afterAll, expect } from 'vitest';

/**
 * What still follows promises when the tests of a file are over makes each of the whole process several times as slow:
 * an `AsyncLocalStorage` does until it is disabled. Followed, a promise has an id.
 */
afterAll(async () => {
  await undefined;
  expect(executionAsyncId()).toBe(0);
});

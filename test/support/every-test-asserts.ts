import { beforeEach, expect } from 'vitest';

/** A test that asserts nothing cannot fail: it does here, also when the list that it goes through is empty. */
beforeEach(() => {
  expect.hasAssertions();
});

import { defineConfig } from 'vitest/config';

/** `npm run test:browser`; no part of `npm test`, since it wants a browser. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    globalSetup: ['test/browser/ask-for-chromium.ts'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
});

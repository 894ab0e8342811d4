import { fileURLToPath } from 'node:url';

/** Beside the sources, so that what they name beside themselves is where they say. Not in git. */
export const built = fileURLToPath(new URL('../../.built-for-tests/', import.meta.url));

/**
 * The command line as Node is given it in a process of its own, without a loader: to load the sources through one takes
 * more than twice as long as to load what a package consists of. It is there in every project that has `build-once.ts`
 * as its global setup. `npm run` takes the sources, and so does a test of what it does with them.
 */
export const commandLine = fileURLToPath(new URL('../../.built-for-tests/demo/cli.js', import.meta.url));

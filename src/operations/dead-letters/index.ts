/**
 * What was given up: look at it, send it again, or let it go.
 *
 * @example
 * ```ts
 * import { loadDemoDatastore } from './src/lab/scenarios/index.ts';
 * import { deadLetterStore } from './src/operations/dead-letters/index.ts';
 *
 * const datastore = await loadDemoDatastore();
 * for await (const letter of deadLetterStore(datastore).all()) console.log(letter.id, letter.reason);
 * await datastore.close();
 * ```
 */

export { deadLetterStore } from './dead-letter-store.ts';
export { findLetters } from './find-letters.ts';
export type { Letter } from './letter.ts';
export { letterDocument } from './letter-report.ts';
export { listDocument } from './list-report.ts';
export type { Outcome } from './outcome.ts';
export { choose, redriveLetters } from './redrive.ts';
export { count, describeOutcomes, emptyTally, hasFailed, redriveDocument } from './redrive-report.ts';
export { plainLetter, plainOutcome, plainView } from './to-json.ts';

/**
 * Which addresses are not written to any more, why and since when; to add some, or to let them be used again.
 *
 * @example
 * ```ts
 * import { openDatastore } from './src/datastore/index.ts';
 * import { lift, listSuppressions } from './src/operations/suppressions/index.ts';
 *
 * const datastore = openDatastore();
 * const { suppressions } = await listSuppressions(datastore, 50);
 * await lift(datastore, suppressions.map(({ address }) => address));
 * ```
 */
/**
 * Whom nobody writes to any more.
 *
 * @example
 * ```ts
 * import { loadDemoDatastore } from './src/lab/scenarios/index.ts';
 * import { listSuppressions } from './src/operations/suppressions/index.ts';
 *
 * const datastore = await loadDemoDatastore();
 * const { suppressions } = await listSuppressions(datastore, 10);
 * console.log(suppressions.map(({ reason }) => reason));
 * await datastore.close();
 * ```
 */
export { lift, suppress } from './change.ts';
export { listSuppressions } from './list.ts';
export { changesDocument, listDocument } from './report.ts';

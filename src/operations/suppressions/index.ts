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
export { type Change, lift, suppress } from './change.ts';
export { type ListedSuppressions, listSuppressions } from './list.ts';
export { changesDocument, listDocument } from './report.ts';

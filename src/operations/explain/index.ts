/**
 * Why a customer was, or was not, told.
 *
 * @example
 * ```ts
 * import { loadDemoDatastore } from './src/lab/scenarios/index.ts';
 * import { explain } from './src/operations/explain/index.ts';
 *
 * const datastore = await loadDemoDatastore();
 * const { causes } = await explain(datastore, { id: 'ord-1004' });
 * console.log(causes.map(({ event }) => event?.change));
 * await datastore.close();
 * ```
 */
export { storeNames } from './asked-stores.ts';
export { explain, type Question } from './explain.ts';
export { explanationDocument } from './report.ts';

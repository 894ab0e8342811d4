/**
 * What became of all deliveries, counted.
 *
 * @example
 * ```ts
 * import { loadDemoDatastore } from './src/lab/scenarios/index.ts';
 * import { statusOf } from './src/operations/status/index.ts';
 *
 * const datastore = await loadDemoDatastore();
 * const { sent, skipped } = statusOf(await datastore.statistics.deliveries());
 * console.log(sent, skipped);
 * await datastore.close();
 * ```
 */
import type { Family } from '../../telemetry/index.ts';
import type { Said } from './prometheus.ts';

export { breakersOf } from './breakers.ts';
export { type Figures, statusOf } from './figures.ts';
export { overTime, type PeriodName, periods, type Slot } from './over-time.ts';
export { statusDocument } from './report.ts';
export { statusToPlain } from './status-json.ts';

/** As `prometheus.ts` says; its library is loaded only now, since nobody else should wait for it. */
export const toPrometheus = async (...said: Said): Promise<string> =>
  (await import('./prometheus.ts')).toPrometheus(...said);

export const toFamilies = async (...said: Said): Promise<readonly Family[]> =>
  (await import('./prometheus.ts')).toFamilies(...said);

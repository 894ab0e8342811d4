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
import type { DeliveryStatistics } from '../../datastore/index.ts';
import type { BreakerSummary } from './breakers.ts';
import type { ProcessFigures } from './prometheus.ts';

export { breakersOf } from './breakers.ts';
export { type Figures, statusOf } from './figures.ts';
export { overTime, type PeriodName, periods, type Slot } from './over-time.ts';
export { statusDocument } from './report.ts';
export { statusToPlain } from './status-json.ts';

/** As `prometheus.ts` says; its library is loaded only now, since nobody else should wait for it. */
export const toPrometheus = async (
  statistics: DeliveryStatistics,
  breakers: readonly BreakerSummary[],
  running?: ProcessFigures,
): Promise<string> => (await import('./prometheus.ts')).toPrometheus(statistics, breakers, running);

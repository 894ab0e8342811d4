/**
 * Stories of the shop, each with the end that it must have.
 *
 * @example
 * ```ts
 * import { findScenario, runScenario } from './src/lab/scenarios/index.ts';
 *
 * const result = await runScenario(findScenario('quiet-hours'));
 * console.log(result.ok, result.timeline.length);
 * ```
 */
export { chooseScenarios, demoScenarios, findScenario, scenarios } from './catalogue.ts';
export { playCrashAndRecover } from './crash/crash-and-recover.ts';
export {
  crashAndRecover,
  expectedDeliveries,
  expectedJournal,
  keysOf,
  orderIds,
  orderOf,
  taken,
} from './crash-and-recover.ts';
export { type DemoDatastoreOptions, loadDemoDatastore } from './demo-datastore.ts';
export { type Drill, isDrill } from './drill.ts';
export { type NewPrice, priceDropOf } from './prices.ts';
export { type RunScenarioOptions, runScenario } from './run-scenario.ts';
export type { Scenario, Step } from './scenario.ts';
export { compare, describeEnd, type ScenarioResult } from './scenario-result.ts';

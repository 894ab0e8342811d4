/**
 * What is published: worlds, and the scenarios that play in them.
 *
 * @example
 * ```ts
 * import { runScenario } from './src/demo/index.ts';
 *
 * const { ok, deliveries } = await runScenario('order-shipped', { architecture: 'pipeline' });
 * console.log(ok, deliveries.length);
 * ```
 */
export type { Scenario, ScenarioResult, Step } from '../lab/scenarios/index.ts';
export {
  crashAndRecover,
  findScenario,
  playCrashAndRecover,
  type RunScenarioOptions,
  runScenario,
  scenarios,
} from '../lab/scenarios/index.ts';
export { describeEvent, renderEntries } from '../operations/flow/index.ts';
export type { TimelineEntry } from '../shop/index.ts';
export { createWorld, type World, type WorldOptions } from '../shop/index.ts';
export { refuseSwallowedFlags } from './swallowed-flags.ts';

export { type RunScenarioOptions, runScenario, type ScenarioResult } from './run-scenario.ts';
export { findScenario, scenarios } from './scenarios/index.ts';
export type { Scenario, Step } from './scenarios/scenario.ts';
export type { TimelineEntry } from './timeline.ts';
export { createWorld, type World, type WorldOptions } from './world.ts';

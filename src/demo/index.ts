export { describeEvent, renderEntries } from '../operations/flow/index.ts';
export type { TimelineEntry } from '../shop/index.ts';
export { createWorld, type World, type WorldOptions } from '../shop/index.ts';
export { captionOf, type PathStep, participantsOf } from './compare/diagram.ts';
export { type RunScenarioOptions, runScenario } from './run-scenario.ts';
export type { ScenarioResult } from './scenario-result.ts';
export { findScenario, scenarios } from './scenarios/index.ts';
export type { Scenario, Step } from './scenarios/scenario.ts';

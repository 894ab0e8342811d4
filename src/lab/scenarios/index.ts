export { chooseScenarios, demoScenarios, findScenario, scenarios } from './catalogue.ts';
export { loadDemoDatastore } from './demo-datastore.ts';
export { type RunScenarioOptions, runScenario } from './run-scenario.ts';
export type { Scenario, Step } from './scenario.ts';
export { compare, describeEnd, type ScenarioResult } from './scenario-result.ts';

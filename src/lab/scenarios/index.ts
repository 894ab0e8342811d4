export { chooseScenarios, demoScenarios, findScenario, scenarios } from './catalogue.ts';
export {
  crashAndRecover,
  expectedDeliveries,
  expectedJournal,
  keysOf,
  orderIds,
  orderOf,
  taken,
} from './crash-and-recover.ts';
export { loadDemoDatastore } from './demo-datastore.ts';
export { type RunScenarioOptions, runScenario } from './run-scenario.ts';
export type { Scenario, Step } from './scenario.ts';
export { compare, describeEnd, type ScenarioResult } from './scenario-result.ts';

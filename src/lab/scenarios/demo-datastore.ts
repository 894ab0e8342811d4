import { type Datastore, openDatastore } from '../../datastore/index.ts';
import { stockSampleShop } from '../../shop/index.ts';
import { scenarios } from './catalogue.ts';
import { runScenario } from './run-scenario.ts';

/** A datastore in memory in which every scenario of the demo has just been played, with the ids that the demo shows. */
export async function loadDemoDatastore(): Promise<Datastore> {
  const datastore = openDatastore();
  await stockSampleShop(datastore);
  for (const scenario of scenarios) await runScenario(scenario, { datastore });
  return datastore;
}

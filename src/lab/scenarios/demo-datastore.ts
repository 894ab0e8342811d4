import { type Datastore, openDatastore } from '../../datastore/index.ts';
import { type ArchitectureName, hasBus, stockSampleShop } from '../../shop/index.ts';
import { demoScenarios, scenarios } from './catalogue.ts';
import { runScenario } from './run-scenario.ts';

export interface DemoDatastoreOptions {
  /** Default: `event-sourced`. */
  readonly architecture?: ArchitectureName;
  /** Whether `crash-and-recover` is played too, which takes real processes, and seconds. Default: false. */
  readonly withCrash?: boolean;
}

/**
 * A datastore in memory in which every scenario of the demo has just been played, with the ids that the demo shows; on
 * the durable bus, which keeps what nobody could handle.
 */
export async function loadDemoDatastore({
  architecture = 'event-sourced',
  withCrash = false,
}: DemoDatastoreOptions = {}): Promise<Datastore> {
  const datastore = openDatastore();
  await stockSampleShop(datastore);
  for (const scenario of withCrash ? demoScenarios : scenarios) {
    if (scenario.needsBus !== undefined && !hasBus(architecture)) continue;
    await runScenario(scenario, { datastore, architecture, bus: 'durable' });
  }
  return datastore;
}

import { afterAll } from 'vitest';
import { optionsOf, variants } from '../../src/lab/comparison/measure/variants.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import { createWorld } from '../../src/shop/world.ts';
import { emptyDatastores } from '../support/empty-datastores.ts';
import { describeArchitectureContract } from './contract.ts';

// Made once for hundreds of shops: a shop of which little is asked takes a third of its time to make them.
const datastores = await emptyDatastores();
const templates = createTemplates();
afterAll(() => datastores.close());

for (const variant of variants) {
  describeArchitectureContract({ name: variant.architecture, on: variant.handOver }, async ({ startMs }) =>
    createWorld({ startMs, templates, datastore: await datastores.next(), ...optionsOf(variant) }),
  );
}

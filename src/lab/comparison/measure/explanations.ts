import { openDatastore } from '../../../datastore/index.ts';
import { explain, type Question } from '../../../operations/explain/index.ts';
import type { ArchitectureName } from '../../../shop/index.ts';
import { stockSampleShop } from '../../../shop/index.ts';
import { runScenario } from '../../scenarios/index.ts';
import type { ExplanationCost } from '../comparison.ts';

/**
 * Customers who were not notified, each for a reason of its own: no phone; not in a segment that is told; nothing
 * in the cart.
 */
const questions: readonly { readonly scenario: string; readonly question: Question }[] = [
  { scenario: 'order-shipped', question: { id: 'ord-1004', customerId: 'dev' } },
  { scenario: 'price-drop', question: { id: 'helmet', customerId: 'ben' } },
  { scenario: 'price-drop', question: { id: 'helmet', customerId: 'hana' } },
];

/** Which stores have to be asked for all these answers. On every bus the same. */
export async function measureExplanation(architecture: ArchitectureName): Promise<ExplanationCost> {
  const datastore = openDatastore();
  const asked = new Set<string>();
  try {
    await stockSampleShop(datastore);
    for (const name of new Set(questions.map(({ scenario }) => scenario)))
      await runScenario(name, { architecture, bus: 'durable', datastore });
    for (const { question } of questions) {
      const { askedStores } = await explain(datastore, question);
      for (const store of askedStores) asked.add(store);
    }
  } finally {
    await datastore.close();
  }
  return { architecture, askedStores: [...asked] };
}

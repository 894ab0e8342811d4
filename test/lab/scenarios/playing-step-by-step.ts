import { openDatastore } from '../../../src/datastore/index.ts';
import { optionsOf, type Variant } from '../../../src/lab/comparison/measure/variants.ts';
import { compare, runScenario, type Scenario } from '../../../src/lab/scenarios/index.ts';
import { describeEvent } from '../../../src/operations/flow/describe-event.ts';
import { stockSampleShop } from '../../../src/shop/index.ts';
import { ledgerLines } from '../../support/ledger.ts';

/**
 * What one step brought about: what services have on record since, whether anybody listens or not
 * (`OrderStatusChanged ord-1 placed → shipped`); how deliveries stand since (`+ notification customer channel status
 * reason`, and `-` for how one stood before); why it was not done (`cannot be done: …`).
 */
export type Deed = readonly [say: string, ...came: string[]];

interface Stand {
  readonly facts: readonly string[];
  readonly deliveries: readonly string[];
  readonly undone: string | undefined;
}

/** Plays a scenario up to each of its steps in turn, and says what came with that step. */
export async function playStepByStep(scenario: Scenario, variant: Variant): Promise<Deed[]> {
  const subjects = await subjectsOf(scenario);
  const deeds: Deed[] = [];
  let before: Stand = { facts: [], deliveries: [], undone: undefined };
  for (const [index, { say }] of scenario.steps.entries()) {
    const after = await standAfter(
      { ...scenario, steps: scenario.steps.slice(0, index + 1) },
      variant,
      subjects,
    );
    deeds.push([
      say,
      ...compare(before.facts, after.facts).map((line) => line.replace(/^\+ /, '')),
      ...compare(before.deliveries, after.deliveries),
      ...(after.undone === undefined ? [] : [`cannot be done: ${after.undone}`]),
    ]);
    before = after;
  }
  return deeds;
}

async function standAfter(scenario: Scenario, variant: Variant, subjects: readonly string[]): Promise<Stand> {
  const datastore = openDatastore();
  try {
    await stockSampleShop(datastore);
    const { timeline } = await runScenario(scenario, { ...optionsOf(variant), datastore });
    const steps = timeline.flatMap((entry) => (entry.kind === 'step' ? entry : []));
    const logged = await Promise.all(subjects.map((subject) => datastore.eventLog.about(subject)));
    const published = logged.flat().filter(({ source }) => source.startsWith('/services/'));
    return {
      facts: published.map((event) => `${event.type} ${describeEvent(event as never)}`),
      deliveries: (await ledgerLines(datastore)).map(waitingAlike).sort(),
      undone: steps.at(-1)?.undone,
    };
  } finally {
    await datastore.close();
  }
}

/** Everything that the events of a scenario are about. */
async function subjectsOf(scenario: Scenario): Promise<string[]> {
  const { timeline } = await runScenario(scenario);
  const subjects = timeline.flatMap((entry) => (entry.kind === 'event' ? entry.event.subject : []));
  return [...new Set(subjects)];
}

/** Which of those that wait for a provider were tried, and which are held back behind them, depends on who is first. */
const waitingAlike = (line: string): string =>
  line.replace('pending circuit_open', 'pending provider_unavailable');

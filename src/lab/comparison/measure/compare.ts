import { availableParallelism } from 'node:os';
import { plural } from '../../../report/index.ts';
import { architectureNames } from '../../../shop/index.ts';
import type { Scenario } from '../../scenarios/index.ts';
import type { Behaviour, Comparison, HopCount, ScenarioComparison } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
import { maskedBehaviour, measureBehaviour, measureHops } from './behaviour.ts';
import { measureCoupling } from './coupling.ts';
import { declaredDivergences } from './divergences.ts';
import { measureExplanation } from './explanations.ts';
import { forEachAtOnce, measureInProcess } from './in-process.ts';
import { measureLearning } from './learning.ts';
import { measurePaths } from './paths.ts';
import { type Variant, variants } from './variants.ts';

export interface CompareOptions {
  readonly scenarios: readonly Scenario[];
  /**
   * What depends on the machine: measured, which takes most of the time; left out; or `masked`, zeros in its
   * place, for whoever looks at nothing but the rest.
   */
  readonly behaviour: 'measured' | 'left-out' | 'masked';
  /** Told what is measured now. */
  onProgress?(what: string): void;
}

/** Compares all architectures on all their buses. */
export async function compare({ scenarios, behaviour, onProgress }: CompareOptions): Promise<Comparison> {
  const tell = (what: string): void => onProgress?.(what);
  tell('the faults, on every architecture, handed over in each way');
  const faults = forEachAtOnce(variants, async (variant) => {
    const outcomes = await measureInProcess('faults', variant);
    tell(`the faults: ${nameOf(variant)} is done`);
    return outcomes;
  });
  // Whatever comes first: should one fail, the other is not to fail with nobody looking.
  const [outcomes, seen] = await Promise.all([faults, measureWhatIsSeen(scenarios)]);
  return {
    architectures: architectureNames,
    machine: machineName(),
    ...seen,
    behaviour: await behaviourOf(behaviour, seen.hops, tell),
    faults: outcomes.flat(),
    divergences: declaredDivergences(),
  };
}

async function measureWhatIsSeen(scenarios: readonly Scenario[]) {
  const compared: ScenarioComparison[] = [];
  for (const scenario of scenarios) compared.push(await measurePaths(scenario, architectureNames));
  const explanations = [];
  for (const architecture of architectureNames) explanations.push(await measureExplanation(architecture));
  const learning = [];
  for (const variant of variants) learning.push(await measureLearning(variant));
  const coupling = await measureCoupling();
  const hops = await measureHops(architectureNames);
  return { scenarios: compared, learning, explanations, coupling, hops };
}

async function behaviourOf(
  how: CompareOptions['behaviour'],
  hops: readonly HopCount[],
  tell: (what: string) => void,
): Promise<Behaviour[]> {
  if (how === 'left-out') return [];
  if (how === 'masked') return maskedBehaviour(variants, hops);
  return measureBehaviour(variants, hops, (variant) => tell(`times and throughput: ${nameOf(variant)}`));
}

const nameOf = ({ architecture, handOver }: Variant): string =>
  `${architecture}, ${handOverInWords(handOver)}`;

function machineName(): string {
  const [major, minor] = process.versions.node.split('.');
  return `Node ${major}.${minor}, ${plural(availableParallelism(), 'core')}`;
}

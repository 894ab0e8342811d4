import type { ArchitectureName } from '../../../shop/index.ts';
import { findScenario } from '../../scenarios/index.ts';
import type { Behaviour, HopCount } from '../comparison.ts';
import { hopsOf } from './paths.ts';
import type { Timings } from './timed-runs.ts';
import type { Variant } from './variants.ts';

/** Times of each variant, in their order, and the hops of its architecture. */
export const behaviourOf = (
  variants: readonly Variant[],
  hops: readonly HopCount[],
  timings: readonly Timings[],
): Behaviour[] =>
  variants.map((variant, index) => {
    const own = hops.find(({ architecture }) => architecture === variant.architecture);
    return { ...variant, hops: own?.hops ?? 0, ...(timings[index] ?? noTimings) };
  });

/** In the place of what depends on the machine, for whoever masks it. */
const noTimings: Timings = {
  handOverP50Ms: [0],
  handOverP99Ms: [0],
  callerP50Ms: [0],
  callerP99Ms: [0],
  deliveriesPerSecond: [0],
};

/** One command that leads to one notification. */
const measuredScenario = 'order-shipped';

/** How far it is from the command to the provider; takes milliseconds. */
export async function measureHops(architectures: readonly ArchitectureName[]): Promise<HopCount[]> {
  const scenario = findScenario(measuredScenario);
  return Promise.all(
    architectures.map(async (architecture) => ({ architecture, hops: await hopsOf(scenario, architecture) })),
  );
}

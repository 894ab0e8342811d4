import type { ArchitectureName } from '../../../shop/index.ts';
import { findScenario } from '../../scenarios/index.ts';
import type { Behaviour, HopCount } from '../comparison.ts';
import { measureInProcess } from './in-process.ts';
import { hopsOf } from './paths.ts';
import type { Timings } from './timed-runs.ts';
import type { Variant } from './variants.ts';

/** One after the other, since two at once would slow each other down. */
export async function measureBehaviour(
  variants: readonly Variant[],
  hops: readonly HopCount[],
  onProgress: (variant: Variant) => void,
): Promise<Behaviour[]> {
  const behaviour: Behaviour[] = [];
  for (const variant of variants) {
    onProgress(variant);
    behaviour.push(behaviourOf(variant, hops, await measureInProcess('timings', variant)));
  }
  return behaviour;
}

/** All but what depends on the machine: in its place stand zeros, for whoever masks them. */
export function maskedBehaviour(variants: readonly Variant[], hops: readonly HopCount[]): Behaviour[] {
  const none = { p50: 0, p99: 0 };
  const timings = { handOverMs: none, callerMs: none, deliveriesPerSecond: 0, peakMb: 0 };
  return variants.map((variant) => behaviourOf(variant, hops, timings));
}

/** One command that leads to one notification. */
const measuredScenario = 'order-shipped';

/** How far it is from the command to the provider; takes milliseconds. */
export async function measureHops(architectures: readonly ArchitectureName[]): Promise<HopCount[]> {
  const scenario = findScenario(measuredScenario);
  return Promise.all(
    architectures.map(async (architecture) => ({ architecture, hops: await hopsOf(scenario, architecture) })),
  );
}

function behaviourOf(variant: Variant, counts: readonly HopCount[], timings: Timings): Behaviour {
  const { architecture, handOver } = variant;
  const hops = counts.find((count) => count.architecture === architecture)?.hops ?? 0;
  return { architecture, handOver, hops, ...timings };
}

import { findScenario } from '../../scenarios/index.ts';
import type { Behaviour } from '../comparison.ts';
import { measureInProcess } from './in-process.ts';
import { measureHops } from './paths.ts';
import type { Timings } from './timed-runs.ts';
import type { Variant } from './variants.ts';

/** One after the other, since two at once would slow each other down. */
export async function measureBehaviour(
  variants: readonly Variant[],
  onProgress: (variant: Variant) => void,
): Promise<Behaviour[]> {
  const behaviour: Behaviour[] = [];
  for (const variant of variants) {
    onProgress(variant);
    behaviour.push(await behaviourOf(variant, await measureInProcess('timings', variant)));
  }
  return behaviour;
}

/** All but what depends on the machine: in its place stand zeros, for whoever masks them. */
export async function measureHopsOnly(variants: readonly Variant[]): Promise<Behaviour[]> {
  const none = { p50: 0, p99: 0 };
  const timings = { handOverMs: none, callerMs: none, deliveriesPerSecond: 0, peakMb: 0 };
  return Promise.all(variants.map((variant) => behaviourOf(variant, timings)));
}

/** One command that leads to one notification. */
const measuredScenario = 'order-shipped';

async function behaviourOf(variant: Variant, timings: Timings): Promise<Behaviour> {
  const { architecture, bus } = variant;
  const hops = await measureHops(findScenario(measuredScenario), architecture);
  return { architecture, bus, hops, ...timings };
}

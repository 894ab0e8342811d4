import type { LedgerLine } from '../../../datastore/index.ts';
import { foldSteps } from '../../../report/index.ts';
import { type ArchitectureName, hasBus } from '../../../shop/index.ts';
import type { Scenario } from '../../scenarios/index.ts';
import { compare, describeEnd, runScenario } from '../../scenarios/index.ts';
import type { ScenarioComparison, ScenarioPath } from '../comparison.ts';
import { type Arrow, Arrows, outside } from './arrows.ts';
import { watchedWorld } from './watched-world.ts';

interface Played {
  readonly arrows: readonly Arrow[];
  readonly deliveries: readonly LedgerLine[];
}

/** The path of a scenario in each architecture, seen in a run on the in-memory bus; the same in every run. */
export async function measurePaths(
  scenario: Scenario,
  architectures: readonly ArchitectureName[],
): Promise<ScenarioComparison> {
  const paths: ScenarioPath[] = [];
  const ends: { readonly architecture: string; readonly lines: readonly string[] }[] = [];
  for (const architecture of architectures) {
    if (scenario.needsBus !== undefined && !hasBus(architecture)) {
      paths.push({ architecture, steps: [], unplayable: scenario.needsBus });
      continue;
    }
    const { arrows, deliveries } = await play(scenario, architecture);
    const steps = arrows.map(({ hops: _, ...step }) => ({ ...step, times: 1 }));
    paths.push({ architecture, steps: foldSteps(steps) });
    ends.push({ architecture, lines: deliveries.map(describeEnd).sort() });
  }
  const [first, ...others] = ends;
  const differences = others.flatMap(({ architecture, lines }) =>
    compare(first?.lines ?? [], lines).map((line) => `${architecture}: ${line}`),
  );
  const { name, title } = scenario;
  return { scenario: name, title, paths, deliveries: first?.lines.length ?? 0, differences };
}

/** Messages and calls from the command to the first provider that is given anything, that included. */
export async function hopsOf(scenario: Scenario, architecture: ArchitectureName): Promise<number> {
  const { arrows } = await play(scenario, architecture);
  return arrows.find(({ kind }) => kind === 'send')?.hops ?? 0;
}

async function play(scenario: Scenario, architecture: ArchitectureName): Promise<Played> {
  const arrows = new Arrows();
  try {
    const { deliveries } = await runScenario(scenario, { architecture, interceptors: watchedWorld(arrows) });
    // What it takes to start has nothing to do with the scenario.
    const first = arrows.seen.findIndex(({ from }) => from === outside.name);
    return { arrows: arrows.seen.slice(first), deliveries };
  } finally {
    arrows.stop();
  }
}

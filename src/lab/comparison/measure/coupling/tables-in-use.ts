import { type ArchitectureName, hasBus } from '../../../../shop/index.ts';
import { runScenario, scenarios } from '../../../scenarios/index.ts';
import { Arrows } from '../arrows.ts';
import { watchedWorld } from '../watched-world.ts';

/**
 * Which stores each service reads and writes itself, seen while the architecture plays every scenario that it
 * can. What others ask on its behalf, such as delivery, is theirs.
 */
export async function tablesInUse(
  architecture: ArchitectureName,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const arrows = new Arrows();
  const interceptors = watchedWorld(arrows);
  try {
    for (const scenario of scenarios) {
      if (scenario.needsBus !== undefined && !hasBus(architecture)) continue;
      await runScenario(scenario, { architecture, interceptors });
    }
  } finally {
    arrows.stop();
  }
  const tables = new Map<string, Set<string>>();
  for (const { kind, from, name } of arrows.seen) {
    if (kind !== 'read' && kind !== 'write') continue;
    const used = tables.get(from) ?? new Set();
    tables.set(from, used.add(name));
  }
  return tables;
}

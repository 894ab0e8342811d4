import type { PathStep } from '../../../report/index.ts';
import { commandSchemas } from '../../../services/index.ts';
import type { ScenarioComparison } from '../comparison.ts';

/** Architecture → service → what it was seen to call, read or write, in any of the scenarios. */
export type Reached = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

const services: readonly string[] = Object.keys(commandSchemas);

/** Messages do not count: who publishes does not know who listens. */
export function reachedByServices(scenarios: readonly ScenarioComparison[]): Reached {
  const reached = new Map<string, Map<string, Set<string>>>();
  for (const { paths } of scenarios) {
    for (const { architecture, steps } of paths) {
      const own = reached.get(architecture) ?? new Map<string, Set<string>>();
      reached.set(architecture, own);
      for (const step of steps) {
        if (!services.includes(step.from) || step.kind === 'message') continue;
        own.set(step.from, (own.get(step.from) ?? new Set()).add(targetOf(step)));
      }
    }
  }
  return reached;
}

const targetOf = ({ kind, to, name }: PathStep): string => (kind === 'read' || kind === 'write' ? name : to);

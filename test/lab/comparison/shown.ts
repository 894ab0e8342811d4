import pc from 'picocolors';
import type { Comparison } from '../../../src/lab/comparison/comparison.ts';
import type { Terminal } from '../../../src/report/terminal.ts';

export const plain = (width: number): Terminal => ({ width, colors: pc.createColors(false) });

/** The same comparison with something behind every name and text that could be taken for markup. */
export function withHostileTexts(comparison: Comparison, suffix: string): Comparison {
  const hostile = (value: unknown, key?: string): unknown => {
    if (typeof value === 'string') return key === 'kind' ? value : `${value}${suffix}`;
    if (Array.isArray(value)) return value.map((each) => hostile(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hostile(each, name)]));
  };
  return hostile(comparison) as Comparison;
}

/** The same comparison with nothing in it but what it is about. */
export const nothingMeasured = (comparison: Comparison): Comparison => ({
  ...comparison,
  scenarios: [],
  coupling: [],
  hops: [],
  behaviour: [],
  faults: [],
  learning: [],
  retelling: [],
  explanations: [],
  divergences: [],
});

/** The same figures from a machine twice as slow. */
export const onASlowMachine = (comparison: Comparison): Comparison => ({
  ...comparison,
  machine: 'Node 24.1, 16 cores',
  behaviour: comparison.behaviour.map((each) => ({
    ...each,
    handOverP50Ms: each.handOverP50Ms.map((ms) => ms * 2),
    handOverP99Ms: each.handOverP99Ms.map((ms) => ms * 200),
    callerP50Ms: each.callerP50Ms.map((ms) => ms * 2000),
    callerP99Ms: each.callerP99Ms.map((ms, round) => ms * 20 * (3 - round)),
    deliveriesPerSecond: each.deliveriesPerSecond.map((figure) => figure / 2),
  })),
});

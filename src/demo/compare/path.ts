import type { PathStep, ScenarioComparison } from './comparison.ts';
import { listed, plural } from './words.ts';

/** The same steps, with arrows that repeat the one before them counted in its `times`. */
export function foldSteps(steps: readonly PathStep[]): PathStep[] {
  const folded: PathStep[] = [];
  for (const step of steps) {
    const last = folded.at(-1);
    if (last !== undefined && isSameArrow(last, step))
      folded[folded.length - 1] = { ...last, times: last.times + step.times };
    else folded.push(step);
  }
  return folded;
}

const isSameArrow = (a: PathStep, b: PathStep): boolean =>
  a.kind === b.kind && a.from === b.from && a.to === b.to && a.name === b.name;

/** Each kind of arrow with its plural. */
export const kinds = [
  ['call', 'calls'],
  ['message', 'messages'],
  ['read', 'reads'],
  ['write', 'writes'],
  ['send', 'sends'],
] as const satisfies readonly (readonly [PathStep['kind'], string])[];

/** `2 calls, 1 message and 3 reads`: how many there are of each kind, repeated ones too. */
export function countKinds(steps: readonly PathStep[]): string {
  const counts = kinds.flatMap(([kind, many]) => {
    const count = countOf(steps, kind);
    return count === 0 ? [] : [plural(count, kind, many)];
  });
  return listed(counts);
}

export const countOf = (steps: readonly PathStep[], kind: PathStep['kind']): number =>
  steps.filter((step) => step.kind === kind).reduce((sum, { times }) => sum + times, 0);

/** Who takes part, in the order in which they first appear. */
export const participantsOf = (steps: readonly PathStep[]): string[] => [
  ...new Set(steps.flatMap(({ from, to }) => [from, to])),
];

/** `shipOrder`, `deliveries ×3` */
export const labelOf = ({ name, times }: PathStep): string => (times === 1 ? name : `${name} ×${times}`);

/** What stands on the arrow: `shipOrder`, `read carts ×3`. Calls and messages speak for themselves. */
export const captionOf = (step: PathStep): string =>
  step.kind === 'call' || step.kind === 'message' ? labelOf(step) : `${step.kind} ${labelOf(step)}`;

/** Whether all came to the same, in a line. */
export function verdictOf({ paths, deliveries, differences }: ScenarioComparison): string {
  if (differences.length > 0) return 'not the same deliveries on all of them';
  const counted = plural(deliveries, 'delivery', 'deliveries');
  if (paths.length === 1) return `${counted}; there is no other architecture to compare with`;
  const played = paths.filter(({ unplayable }) => unplayable === undefined).length;
  const where =
    played === paths.length
      ? `all ${played} architectures`
      : `the ${played} of ${paths.length} architectures that can play it`;
  return `the same ${counted} on ${where}`;
}

import { listed, plural } from './words.ts';

/** One arrow: a call, a message on the bus, a read or write of a table, a hand-over to a provider. */
export interface PathStep {
  readonly kind: 'call' | 'message' | 'read' | 'write' | 'send';
  readonly from: string;
  /** `datastore` for all tables, so that they share a line in the diagrams; the channel for a hand-over. */
  readonly to: string;
  /** Of the method, message, table or notification. */
  readonly name: string;
  /** How often in a row the same arrow was seen. */
  readonly times: number;
}

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

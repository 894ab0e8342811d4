import { inGroups, inWords, plural, unique } from '../../report/index.ts';
import type { FaultOutcome } from './comparison.ts';

/** What was done, and to whom: architectures and how they hand over down, faults across. */
export interface FaultMatrix {
  readonly faults: readonly Fault[];
  readonly rows: readonly FaultRow[];
}

export interface Fault {
  readonly fault: string;
  readonly title: string;
  /** How much was tried: `1 run, 12 deliveries`, or `118 to 240 runs, …` where the architectures differ. */
  readonly extent: string;
}

export interface FaultRow {
  readonly architecture: string;
  readonly handOver: string;
  /** One for each fault; undefined where it was not tried. */
  readonly outcomes: readonly (FaultOutcome | undefined)[];
}

export function faultMatrixOf(outcomes: readonly FaultOutcome[]): FaultMatrix {
  const faults = unique(outcomes.map(({ fault }) => fault)).map((fault) =>
    faultOf(outcomes.filter((each) => each.fault === fault)),
  );
  const architectures = unique(outcomes.map(({ architecture }) => architecture));
  const rows = architectures.flatMap((architecture) => {
    const own = outcomes.filter((each) => each.architecture === architecture);
    return unique(own.map(({ handOver }) => handOver)).map((handOver) => ({
      architecture,
      handOver,
      outcomes: faults.map(({ fault }) =>
        own.find((each) => each.handOver === handOver && each.fault === fault),
      ),
    }));
  });
  return { faults, rows };
}

function faultOf(outcomes: readonly FaultOutcome[]): Fault {
  const [{ fault, title } = { fault: '', title: '' }] = outcomes;
  const runs = span(
    outcomes.map((each) => each.runs),
    'run',
  );
  const deliveries = span(
    outcomes.map(({ expected }) => expected),
    'delivery',
    'deliveries',
  );
  return { fault, title, extent: `${runs}, ${deliveries}` };
}

function span(figures: readonly number[], one: string, many?: string): string {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  return `${least === most ? '' : `${inGroups(least)} to `}${plural(most, one, many)}`;
}

/** In the order of their weight. */
export type EffectKind = 'lost' | 'doubled' | 'blocked' | 'late';

export interface Effect {
  readonly kind: EffectKind;
  /** `34 lost`, `waits 30 s` */
  readonly text: string;
}

/** What a fault did, the worst first; nothing when nobody noticed. */
export function effectsOf(outcome: FaultOutcome): Effect[] {
  const { lost, doubled, doubledUnderSameKey, late, callerBlockedMs } = outcome;
  const key = doubledUnderSameKey === doubled ? ', same key' : '';
  return [
    ...(lost > 0 ? [{ kind: 'lost', text: howOften('lost', lost, outcome) } as const] : []),
    ...(doubled > 0
      ? [{ kind: 'doubled', text: `${howOften('doubled', doubled, outcome)}${key}` } as const]
      : []),
    ...(callerBlockedMs > 0 ? [{ kind: 'blocked', text: `waits ${inWords(callerBlockedMs)}` } as const] : []),
    ...(late > 0 ? [{ kind: 'late', text: `${inGroups(late)} late` } as const] : []),
  ];
}

/** Of many runs, in how many of a thousand: how many moments a run has is no merit of an architecture. */
function howOften(word: 'lost' | 'doubled', count: number, outcome: FaultOutcome): string {
  const { runs, runsThatLost, runsThatDoubled } = outcome;
  if (runs === 1) return `${inGroups(count)} ${word}`;
  const share = (word === 'lost' ? runsThatLost : runsThatDoubled) / runs;
  return `${word} in ${inGroups(Math.round(share * 1000))} of 1,000`;
}

/** What the words and signs of the matrix mean. */
export const matrixLegend = [
  'lost: never reached the provider',
  'doubled: reached it more often than it ought to; under the same key, the provider can tell',
  'in 20 of 1,000: of a thousand kills at any moment while it works, or of a thousand such runs, so many did it; every moment is tried, so there is no error of chance',
  'waits: the longest that a caller had to wait beyond its usual time',
  'late: was with the provider later than without the fault',
  '✓: everybody got what was theirs, once and in time',
  '–: not tried',
] as const;

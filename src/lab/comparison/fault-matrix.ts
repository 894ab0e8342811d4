import { inGroups, inWords, plural, unique } from '../../report/index.ts';
import type { FaultOutcome } from './comparison.ts';
import { perThousand } from './rates.ts';

/** What was done, and to whom: architectures and how they hand over down, faults across, the worst of them first. */
export interface FaultMatrix {
  readonly faults: readonly Fault[];
  readonly rows: readonly FaultRow[];
}

export interface Fault {
  readonly fault: string;
  readonly title: string;
  /** How much was tried of each: `1 run, 12 deliveries`. */
  readonly extent: string;
}

export interface FaultRow {
  readonly architecture: string;
  readonly handOver: string;
  /** One for each fault; undefined where it was not tried. */
  readonly outcomes: readonly (FaultOutcome | undefined)[];
}

export function faultMatrixOf(outcomes: readonly FaultOutcome[]): FaultMatrix {
  const names = unique(outcomes.map(({ fault }) => fault));
  const ofFault = (name: string) => outcomes.filter(({ fault }) => fault === name);
  const faults = names
    .toSorted((one, other) => weightOf(ofFault(other)) - weightOf(ofFault(one)))
    .map((name) => faultOf(ofFault(name)));
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
  const { fault, title, runs, expected, sampled } = outcomes[0] as FaultOutcome;
  const extent = `${plural(runs, sampled ?? 'run')}, ${plural(expected, 'delivery', 'deliveries')}`;
  return { fault, title, extent };
}

const effectKinds = ['late', 'repeated', 'blocked', 'doubled', 'lost'] as const;

/** In the order of their weight, the least first. */
export type EffectKind = (typeof effectKinds)[number];

/** Of the worst that a fault did to anybody; the more, the worse. */
const weightOf = (outcomes: readonly FaultOutcome[]): number =>
  Math.max(...outcomes.flatMap(effectsOf).map(({ kind }) => effectKinds.indexOf(kind)), -1);

export interface Effect {
  readonly kind: EffectKind;
  /** `34 lost`, `waits 30 s` */
  readonly text: string;
}

/** What a fault did, the worst first; nothing when nobody noticed. */
export function effectsOf(outcome: FaultOutcome): Effect[] {
  const { lost, doubled, repeated, late, callerBlockedMs, runsThatLost, runsThatDoubled, runsThatRepeated } =
    outcome;
  const effect = (kind: EffectKind, count: number, text: string): Effect[] =>
    count > 0 ? [{ kind, text }] : [];
  return [
    ...effect('lost', lost, howOften('lost', lost, runsThatLost, outcome)),
    ...effect('doubled', doubled, howOften('doubled', doubled, runsThatDoubled, outcome)),
    ...effect('blocked', callerBlockedMs, `waits ${inWords(callerBlockedMs)}`),
    ...effect('repeated', repeated, howOften('repeated', repeated, runsThatRepeated, outcome)),
    ...effect('late', late, `${inGroups(late)} late`),
  ];
}

/** Of a sample, in how many of a thousand runs: how many runs there were is no merit of an architecture. */
const howOften = (
  word: string,
  count: number,
  runsThatDid: number,
  { runs, sampled }: FaultOutcome,
): string => (sampled ? `${word} ${perThousand(runsThatDid, runs)}` : `${inGroups(count)} ${word}`);

/** What the words and signs of the matrix mean. */
export const matrixLegend = [
  'lost: never reached the provider',
  'doubled: the customer has it twice',
  'repeated: the provider was given it again under the same key, by which it can tell',
  'lost 120 (82–172): 120 of 1,000 kills, or stalls, lost something; with 95 % certainty (Wilson) it is 82 to 172',
  'waits: the longest that a caller had to wait beyond its usual time',
  'late: was with the provider later than without the fault',
  '✓: everybody got what was theirs, once and in time',
  '–: there are no messages on a bus there that could fail so',
] as const;

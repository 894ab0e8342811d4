import { divergences as ofApiDriven } from '../../../api-driven/index.ts';
import type { Divergence } from '../../../architecture/index.ts';
import { divergences as ofCommandDriven } from '../../../command-driven/index.ts';
import { divergences as ofEventSourced } from '../../../event-sourced/index.ts';
import { divergences as ofPipeline } from '../../../pipeline/index.ts';
import type { ArchitectureName } from '../../../shop/index.ts';
import type { DeclaredDivergence, FaultOutcome, ScenarioComparison } from '../comparison.ts';
import { type EffectKind, effectsOf } from '../fault-matrix.ts';
import { handOverInWords } from '../hand-over.ts';
import { reachedByServices } from './reached.ts';

const declared: Readonly<Record<ArchitectureName, readonly Divergence[]>> = {
  'event-sourced': ofEventSourced,
  'api-driven': ofApiDriven,
  pipeline: ofPipeline,
  'command-driven': ofCommandDriven,
};

export const declaredDivergences = (): DeclaredDivergence[] =>
  Object.entries(declared).flatMap(([architecture, own]) =>
    own.map(({ id, words, shownBy }) => ({ architecture, id, words, shownBy })),
  );

/** What was measured, as far as differences are looked for in it. */
interface Measured {
  readonly faults: readonly FaultOutcome[];
  readonly scenarios: readonly ScenarioComparison[];
}

type Declared = Readonly<Record<string, readonly Divergence[]>>;

/** Differences that were measured and that no architecture admits, a line each: `pipeline: pricing reaches carts`. */
export function undeclaredDifferences(measured: Measured, divergences: Declared = declared): string[] {
  const admitted = admittedIn(measured, divergences);
  return [...seenIn(measured)].filter((line) => !admitted.has(line));
}

/** Differences that an architecture admits and that were not seen. Take everything in before believing them. */
export function unseenDivergences(measured: Measured, divergences: Declared = declared): string[] {
  const seen = seenIn(measured);
  return [...admittedIn(measured, divergences)].filter((line) => !seen.has(line));
}

/** What a fault does to all of them is no difference. */
const seenIn = ({ faults, scenarios }: Measured): ReadonlySet<string> =>
  new Set([...differingEffects(faults), ...differingReach(scenarios)]);

function admittedIn({ faults }: Measured, divergences: Declared): ReadonlySet<string> {
  const handOvers = handOversOf(faults);
  const lines = Object.entries(divergences).flatMap(([architecture, own]) =>
    own.flatMap((divergence) => admittedBy(architecture, divergence, handOvers)),
  );
  return new Set(lines);
}

const effectLine = (architecture: string, handOver: string, effect: EffectKind, fault: string): string =>
  `${architecture} (${handOverInWords(handOver)}): ${effect} by ${fault}`;

const reachLine = (architecture: string, service: string, what: string): string =>
  `${architecture}: ${service} reaches ${what}`;

function differingEffects(faults: readonly FaultOutcome[]): string[] {
  return faults.flatMap((outcome) =>
    effectsOf(outcome).flatMap(({ kind }) => {
      const all = faults.filter(({ fault }) => fault === outcome.fault);
      const isCommon = all.every((other) => effectsOf(other).some((effect) => effect.kind === kind));
      const { architecture, handOver, fault } = outcome;
      return isCommon ? [] : [effectLine(architecture, handOver, kind, fault)];
    }),
  );
}

/** What a service reaches in some architectures, and not in all. */
function differingReach(scenarios: readonly ScenarioComparison[]): string[] {
  const all = [...reachedByServices(scenarios)];
  return all.flatMap(([architecture, services]) =>
    [...services].flatMap(([service, reached]) =>
      [...reached]
        .filter((what) => !all.every(([, others]) => others.get(service)?.has(what)))
        .map((what) => reachLine(architecture, service, what)),
    ),
  );
}

/** Architecture → how it handed over when it was tried. */
function handOversOf(faults: readonly FaultOutcome[]): ReadonlyMap<string, ReadonlySet<string>> {
  const handOvers = new Map<string, Set<string>>();
  for (const { architecture, handOver } of faults)
    handOvers.set(architecture, (handOvers.get(architecture) ?? new Set()).add(handOver));
  return handOvers;
}

function admittedBy(
  architecture: string,
  { effects = [], handOver, reaches = [] }: Divergence,
  tried: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const handOvers = handOver === undefined ? [...(tried.get(architecture) ?? [])] : [handOver];
  return [
    ...effects.flatMap(({ effect, fault }) =>
      handOvers.map((each) => effectLine(architecture, each, effect, fault)),
    ),
    ...reaches.flatMap(({ service, what }) => what.map((each) => reachLine(architecture, service, each))),
  ];
}

import { divergences as ofApiDriven } from '../../../api-driven/index.ts';
import type { Divergence } from '../../../architecture/index.ts';
import { divergences as ofCommandDriven } from '../../../command-driven/index.ts';
import { divergences as ofEventSourced } from '../../../event-sourced/index.ts';
import { divergences as ofPipeline } from '../../../pipeline/index.ts';
import type { ArchitectureName } from '../../../shop/index.ts';
import type { DeclaredDivergence, FaultOutcome, ScenarioComparison } from '../comparison.ts';
import { type EffectKind, effectsOf } from '../fault-matrix.ts';
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
  const buses = busesOf(faults);
  const lines = Object.entries(divergences).flatMap(([architecture, own]) =>
    own.flatMap((divergence) => admittedBy(architecture, divergence, buses)),
  );
  return new Set(lines);
}

const effectLine = (architecture: string, bus: string | null, effect: EffectKind, fault: string): string =>
  `${architecture}${bus === null ? '' : ` on the ${bus} bus`}: ${effect} by ${fault}`;

const reachLine = (architecture: string, service: string, what: string): string =>
  `${architecture}: ${service} reaches ${what}`;

function differingEffects(faults: readonly FaultOutcome[]): string[] {
  return faults.flatMap((outcome) =>
    effectsOf(outcome).flatMap(({ kind }) => {
      const all = faults.filter(({ fault }) => fault === outcome.fault);
      const isCommon = all.every((other) => effectsOf(other).some((effect) => effect.kind === kind));
      const { architecture, bus, fault } = outcome;
      return isCommon ? [] : [effectLine(architecture, bus, kind, fault)];
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

/** Architecture → the buses on which it was tried. */
function busesOf(faults: readonly FaultOutcome[]): ReadonlyMap<string, ReadonlySet<string | null>> {
  const buses = new Map<string, Set<string | null>>();
  for (const { architecture, bus } of faults)
    buses.set(architecture, (buses.get(architecture) ?? new Set()).add(bus));
  return buses;
}

function admittedBy(
  architecture: string,
  { effects = [], bus, reaches = [] }: Divergence,
  tried: ReadonlyMap<string, ReadonlySet<string | null>>,
): string[] {
  const buses = bus === undefined ? [...(tried.get(architecture) ?? [])] : [bus];
  return [
    ...effects.flatMap(({ effect, fault }) =>
      buses.map((each) => effectLine(architecture, each, effect, fault)),
    ),
    ...reaches.flatMap(({ service, what }) => what.map((each) => reachLine(architecture, service, each))),
  ];
}

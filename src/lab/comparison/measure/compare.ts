import { availableParallelism } from 'node:os';
import { beginScratch, endScratch, type ScratchRun, shownPlace } from '../../../datastore/index.ts';
import { plural } from '../../../report/index.ts';
import { architectureNames } from '../../../shop/index.ts';
import type { Scenario } from '../../scenarios/index.ts';
import type { Comparison, FaultOutcome, ScenarioComparison } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
import { behaviourOf, measureHops } from './behaviour.ts';
import { measureCoupling } from './coupling.ts';
import { declaredDivergences } from './divergences.ts';
import { measureExplanation } from './explanations.ts';
import { measureOrdeal, type Ordeal, ordeals, type Samples } from './faults.ts';
import { MeasuringProcess, shareOut } from './in-process.ts';
import { measureLearning } from './learning.ts';
import { measurePaths } from './paths.ts';
import { type NewPlace, placesOf } from './places.ts';
import { measureRetelling } from './retelling.ts';
import { orStopped } from './stopped.ts';
import type { Extent } from './timed-runs.ts';
import { type Variant, variants, variantsWithServer } from './variants.ts';

export interface CompareOptions {
  readonly scenarios: readonly Scenario[];
  /**
   * What depends on the machine: measured, which takes minutes; left out; or `masked`, zeros in its place, for whoever
   * looks at nothing but the rest.
   */
  readonly behaviour: 'measured' | 'left-out' | 'masked';
  /** How often a process is killed, or stands still, and how many ways of a fault are tried: few are done sooner, many say more. */
  readonly samples: 'few' | 'many';
  /**
   * A database of a server, as `postgres://user@host:5432/database`: each architecture is measured once more, with its shop in databases
   * of their own there, which are taken away again. Left out: on none.
   */
  readonly server?: string;
  /** Ends it before it is done. */
  readonly signal?: AbortSignal;
  /** Told what is measured now. */
  onProgress?(what: string): void;
}

/** The same in every comparison, whose figures are to be the same. */
export const sampleSizes: { readonly [Name in CompareOptions['samples']]: Samples } = {
  few: { kills: 25, stalls: 16, ways: 6 },
  many: { kills: 150, stalls: 60, ways: Number.POSITIVE_INFINITY },
};

/** Ten thousand commands each way. */
const extent: Extent = { rounds: 7, orders: 750 };

/**
 * Compares all architectures in all their ways.
 * @throws {InputError} the server cannot be used.
 * @throws {ComparisonStoppedError} `signal` was aborted; nothing is left on the server.
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { server, signal } = options;
  if (server === undefined) return orStopped(signal, () => measure(options));
  const run = await beginScratch(server);
  try {
    return await orStopped(signal, () => measure(options, run));
  } finally {
    await endScratch(run);
  }
}

async function measure(options: CompareOptions, run?: ScratchRun): Promise<Comparison> {
  const { scenarios, behaviour, onProgress, signal } = options;
  const samples = sampleSizes[options.samples];
  const tell = (what: string): void => onProgress?.(what);
  const ways = run === undefined ? variants : variantsWithServer;
  const placesFor = (variant: Variant): NewPlace => placesOf(variant, run, signal);
  const other = new MeasuringProcess();
  // It is at the server too: what it makes there after everything was taken away would stay.
  const ending = (): void => void other.close();
  signal?.addEventListener('abort', ending);
  try {
    tell('the faults, on every architecture, handed over in each way');
    const seen = measureWhatIsSeen({ scenarios, ways, placesFor });
    // The troubles take longest.
    const all = ordeals.toReversed().flatMap((ordeal) => ways.map((variant) => ({ variant, ordeal })));
    const faults = await shareOut(all, [
      (one) =>
        other.measure('ordeal', one.ordeal, one.variant, samples, run).finally(() => tell(inWords(one))),
      async (one) => {
        await seen;
        return measureOrdeal(one.ordeal, one.variant, samples, placesFor(one.variant)).finally(() =>
          tell(inWords(one)),
        );
      },
    ]);
    const { hops, ...others } = await seen;
    if (behaviour === 'measured') tell('times and throughput');
    const timings = behaviour === 'measured' ? await other.measure('timings', ways, extent, run) : [];
    return {
      architectures: architectureNames,
      machine: machineName(),
      ...(run && { server: { name: run.server, place: shownPlace(run.url) } }),
      ...others,
      hops,
      behaviour: behaviour === 'left-out' ? [] : behaviourOf(ways, hops, timings),
      // As if one variant had been measured after the other.
      faults: faults
        .toReversed()
        .flat()
        .toSorted((a, b) => placeOf(a) - placeOf(b)),
      divergences: declaredDivergences(),
    };
  } finally {
    signal?.removeEventListener('abort', ending);
    await other.close();
  }
}

interface Seen {
  readonly scenarios: readonly Scenario[];
  readonly ways: readonly Variant[];
  placesFor(variant: Variant): NewPlace;
}

async function measureWhatIsSeen({ scenarios, ways, placesFor }: Seen) {
  const compared: ScenarioComparison[] = [];
  for (const scenario of scenarios) compared.push(await measurePaths(scenario, architectureNames));
  const explanations = [];
  for (const architecture of architectureNames) explanations.push(await measureExplanation(architecture));
  const learning = [];
  for (const variant of ways) learning.push(await measureLearning(variant, placesFor(variant)));
  const retelling = [];
  for (const variant of ways) retelling.push(await measureRetelling(variant, placesFor(variant)));
  const coupling = await measureCoupling();
  const hops = await measureHops(architectureNames);
  return { scenarios: compared, learning, retelling, explanations, coupling, hops };
}

const placeOf = ({ architecture, handOver }: Pick<FaultOutcome, 'architecture' | 'handOver'>): number =>
  variantsWithServer.findIndex((each) => each.architecture === architecture && each.handOver === handOver);

const inWords = ({ variant, ordeal }: { readonly variant: Variant; readonly ordeal: Ordeal }): string =>
  `the faults: ${variant.architecture}, ${handOverInWords(variant.handOver)}: ${ordeal} are done`;

function machineName(): string {
  const [major, minor] = process.versions.node.split('.');
  return `Node ${major}.${minor}, ${plural(availableParallelism(), 'core')}`;
}

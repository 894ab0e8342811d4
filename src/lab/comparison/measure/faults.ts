import { createTemplates } from '../../../notifications/index.ts';
import { hasBus } from '../../../shop/index.ts';
import type { FaultOutcome } from '../comparison.ts';
import type { Taken } from './faults/journal.ts';
import { runShop, type ShopRun, type Stage, type Trouble } from './faults/shop-run.ts';
import { type Fault, faults } from './faults/troubles.ts';
import { measureKills } from './kills.ts';
import { inMemory, type NewPlace } from './places.ts';
import { measureStalls } from './stalls.ts';
import type { Variant } from './variants.ts';

/** How often the process of a variant is killed, how often one of two of them stands still, and in how many ways a fault is tried. */
export interface Samples {
  readonly kills: number;
  readonly stalls: number;
  /** At most, of the ways that there are. */
  readonly ways: number;
}

/** What a variant is put through, part by part: each can be measured in a process of its own. */
export const ordeals = ['troubles', 'kills', 'stalls'] as const;
export type Ordeal = (typeof ordeals)[number];

/**
 * What each fault of an ordeal does to one variant, judged by the providers' own journals, in virtual time. What cannot
 * happen there is left out.
 * @param newPlace What each run keeps its shop in. Default: memory.
 */
export async function measureOrdeal(
  ordeal: Ordeal,
  variant: Variant,
  { kills, stalls, ways }: Samples,
  newPlace: NewPlace = inMemory,
): Promise<FaultOutcome[]> {
  if (ordeal === 'kills') return [await measureKills(variant, kills, newPlace)];
  if (ordeal === 'stalls') return [await measureStalls(variant, stalls, newPlace)];
  return measureTroubles(variant, ways, newPlace);
}

/** What every fault does to one variant. */
export async function measureFaults(variant: Variant, samples: Samples): Promise<FaultOutcome[]> {
  const outcomes: FaultOutcome[] = [];
  for (const ordeal of ordeals) outcomes.push(...(await measureOrdeal(ordeal, variant, samples)));
  return outcomes;
}

/** Runs with a fault against the same without it. */
async function measureTroubles(variant: Variant, ways: number, newPlace: NewPlace): Promise<FaultOutcome[]> {
  const stage: Stage = { ...variant, templates: createTemplates(), newPlace };
  const usualRuns = new Map<Trouble, ShopRun>();
  const outcomes: FaultOutcome[] = [];
  for (const fault of faults) {
    if (fault.needsBus && !hasBus(variant.architecture)) continue;
    const asUsual = usualRuns.get(fault.usual) ?? (await runShop(stage, fault.usual));
    usualRuns.set(fault.usual, asUsual);
    const troubles = spread(fault.troubles, ways);
    outcomes.push(await measureFault(stage, { ...fault, troubles }, asUsual));
  }
  return outcomes;
}

/** So many of them at most, as far from one another as they are: the first is always one. */
const spread = <Item>(items: readonly Item[], most: number): readonly Item[] => {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, index) => index % step === 0);
};

async function measureFault(
  stage: Stage,
  { fault, title, troubles }: Fault,
  asUsual: ShopRun,
): Promise<FaultOutcome> {
  const sum = { lost: 0, doubled: 0, repeated: 0, late: 0, callerBlockedMs: 0 };
  const runsThat = { runsThatLost: 0, runsThatDoubled: 0, runsThatRepeated: 0 };
  for (const trouble of troubles) {
    const run = await runShop(stage, trouble);
    const effects = compareTaken(asUsual.taken, run.taken);
    // Nobody misses what was no longer so.
    const lost = Math.max(0, effects.lost - run.overtaken);
    sum.lost += lost;
    const repeated = Math.min(effects.tooMany, repeatedKeys(run.taken));
    const doubled = effects.tooMany - repeated;
    sum.doubled += doubled;
    sum.repeated += repeated;
    if (lost > 0) runsThat.runsThatLost++;
    if (doubled > 0) runsThat.runsThatDoubled++;
    if (repeated > 0) runsThat.runsThatRepeated++;
    sum.late += effects.late;
    sum.callerBlockedMs = Math.max(sum.callerBlockedMs, blockedMs(asUsual, run));
  }
  const { architecture, handOver } = stage;
  const expected = asUsual.taken.length * troubles.length;
  const runs = troubles.length;
  return { fault, title, architecture, handOver, runs, expected, ...sum, ...runsThat };
}

/** How often a provider was given a key that it had taken before. */
const repeatedKeys = (taken: readonly Taken[]): number =>
  taken.length - new Set(taken.map(({ key }) => key)).size;

/** What is missing, what is there too often, and what came later than it would have. */
function compareTaken(usual: readonly Taken[], taken: readonly Taken[]) {
  const before = timesOf(usual);
  const after = timesOf(taken);
  const effects = { lost: 0, tooMany: 0, late: 0 };
  for (const what of new Set([...before.keys(), ...after.keys()])) {
    const [wanted, got] = [before.get(what) ?? [], after.get(what) ?? []];
    effects.lost += Math.max(0, wanted.length - got.length);
    effects.tooMany += Math.max(0, got.length - wanted.length);
    effects.late += wanted.filter((atMs, index) => (got[index] ?? atMs) > atMs).length;
  }
  return effects;
}

/** When each message was taken, the earliest first. */
function timesOf(taken: readonly Taken[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { what, atMs } of taken)
    times.set(
      what,
      [...(times.get(what) ?? []), atMs].sort((a, b) => a - b),
    );
  return times;
}

/** The longest that a caller waited beyond its usual time. */
const blockedMs = (usual: ShopRun, run: ShopRun): number =>
  Math.max(0, ...run.callerMs.map((ms, index) => ms - (usual.callerMs[index] ?? 0)));

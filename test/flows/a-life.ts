import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../src/datastore/index.ts';
import type { Catalogue } from '../../src/events/index.ts';
import { createIds, intercept, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { CrashPoint, crashInjection } from '../../src/lab/faults/index.ts';
import type { FlowReport, FlowWorld } from '../../src/pipeline-runtime/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

/** What passes over a bus. */
export interface Said {
  readonly type: string;
  readonly time: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever flow says it.
  readonly data: any;
}

/** What a process finds when it is started, and the next one when it has died. */
export interface Life {
  readonly datastore: Datastore;
  nowMs: number;
  /** How many there were. */
  lives: number;
}

export const aLife = (nowMs: number, datastore = openDatastore()): Life => ({
  datastore,
  nowMs,
  lives: 0,
});

/** What one process runs on; `onMessage` sees all that passes. */
function aWorld(
  busName: BusName,
  life: Life,
  { catalogue, onMessage = () => {} }: { catalogue: Catalogue; onMessage?: (message: Said) => void },
): FlowWorld {
  const clock = new VirtualClock(life.nowMs);
  const random = seededRandom(++life.lives);
  const { datastore } = life;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => onMessage(message) });
  return { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 };
}

/** Plays a flow on a bus of its own, to its end. */
export async function playOnce(
  busName: BusName,
  { catalogue, beginsAtMs }: { readonly catalogue: Catalogue; readonly beginsAtMs: number },
  run: (world: FlowWorld) => Promise<FlowReport>,
) {
  const life = aLife(beginsAtMs);
  const said: Said[] = [];
  const world = aWorld(busName, life, { catalogue, onMessage: (message) => said.push(message) });
  const report = await run(world);
  await world.bus.close();
  await life.datastore.close();
  return { report, said, endedAtMs: world.clock.now() };
}

/** A flow whose processes may die, and what it needs beyond them, which does not. */
export interface Mortal<Outside extends object> {
  readonly catalogue: Catalogue;
  readonly beginsAtMs: number;
  outside(): Outside;
  /** Those of the outside whose every call is a step at which a process may die. */
  readonly called: readonly (keyof Outside)[];
  run(world: FlowWorld, outside: Outside): Promise<FlowReport>;
  /** What has to be the same, however often a process has died. */
  endOf(report: FlowReport, outside: Outside): unknown;
}

/** A process that died at a step, or did not, and what the one after it came to. */
export interface Succession {
  readonly crashPoint: CrashPoint;
  readonly checks: FlowReport['checks'];
  /** What has to be the same, however often a process has died. */
  readonly end: string;
  /** What else is wrong. */
  readonly wrong?: readonly string[];
}

/** Plays in a process that dies at this step. */
export async function dieIn<Outside extends object>(
  flow: Mortal<Outside>,
  life: Life,
  { outside, step }: { readonly outside: Outside; readonly step: number },
): Promise<CrashPoint> {
  let clock: FlowWorld['clock'] | undefined;
  const crashPoint = new CrashPoint(step, () => clock?.now() ?? life.nowMs);
  const around = (_: string, call: () => unknown): unknown => crashPoint.operation(async () => call());
  const mortal = { ...outside };
  for (const name of flow.called) mortal[name] = intercept(outside[name] as object, { around }) as never;
  const datastore = crashInjection(crashPoint).datastore(life.datastore);
  const world = aWorld('durable', { ...life, datastore }, flow);
  clock = world.clock;
  const played = flow
    .run(world, mortal)
    .then(() => world.bus.close())
    .catch(() => undefined);
  await Promise.race([played, crashPoint.died]);
  life.nowMs = world.clock.now();
  life.lives = step + 1;
  return crashPoint;
}

/** Plays in a process that dies at this step; another one is given the same, and goes on. */
async function dieAt<Outside extends object>(flow: Mortal<Outside>, step: number): Promise<Succession> {
  const life = aLife(flow.beginsAtMs);
  const outside = flow.outside();
  const crashPoint = await dieIn(flow, life, { outside, step });
  const world = aWorld('durable', life, flow);
  const report = await flow.run(world, outside);
  await world.bus.close();
  await life.datastore.close();
  return { crashPoint, checks: report.checks, end: JSON.stringify(flow.endOf(report, outside)) };
}

/** What is otherwise than in a life without a death, at each step that leaves something else than the one before. */
export const amissWhenDying = <Outside extends object>(flow: Mortal<Outside>, steps: DyingSteps = {}) =>
  amissAtSteps((step) => dieAt(flow, step), steps);

export interface DyingSteps {
  /** Only each so-manieth of them. Default: all. */
  readonly every?: number;
  /** Of those, which is the first, from 1. Default 1. */
  readonly from?: number;
}

/** The same, of whatever dies at a step. */
export async function amissAtSteps(
  dieAt: (step: number) => Promise<Succession>,
  { every = 1, from = 1 }: DyingSteps = {},
) {
  const whole = await dieAt(Number.POSITIVE_INFINITY);
  const { steps, tellingSteps } = whole.crashPoint;
  const amiss: string[] = [];
  let survivors = 0;
  for (const [index, step] of tellingSteps.entries()) {
    if ((index + 1 - from) % every !== 0 || index + 1 < from) continue;
    const { crashPoint, end, checks, wrong = [] } = await dieAt(step);
    const at = (words: string): void => void amiss.push(`at step ${step}: ${words}`);
    if (!crashPoint.isDead) survivors++;
    if (end !== whole.end) at(`${end} and not ${whole.end}`);
    for (const { words, holds } of checks) if (!holds) at(words);
    for (const words of wrong) at(words);
  }
  if (survivors > 0) amiss.push(`at ${survivors} steps nobody died`);
  return { steps, tellingSteps: tellingSteps.length, end: whole.end, amiss };
}

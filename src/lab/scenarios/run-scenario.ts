import { millisecondsInDay } from 'date-fns/constants';
import type { DeadLetter } from '../../bus/index.ts';
import { type Datastore, type DeliveryKey, type LedgerLine, openDatastore } from '../../datastore/index.ts';
import type { Faults } from '../../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../events/index.ts';
import { defaultRetryPolicy } from '../../kernel/index.ts';
import { shipmentProgress } from '../../operations/flow/index.ts';
import { execute } from '../../services/index.ts';
import {
  closeInTime,
  createWorld,
  orStopped,
  stockSampleShop,
  type TimelineEntry,
  toEntry,
  type World,
  type WorldOptions,
} from '../../shop/index.ts';
import { demoScenarios, findScenario } from './catalogue.ts';
import { playCrashAndRecover } from './crash/crash-and-recover.ts';
import { crashAndRecover } from './crash-and-recover.ts';
import { type Drill, drilled } from './drill.ts';
import { askFor } from './one-time-code.ts';
import type { Scenario, Step } from './scenario.ts';
import { compare, describeEnd, type ScenarioResult } from './scenario-result.ts';

export interface RunScenarioOptions
  extends Pick<
    WorldOptions,
    'architecture' | 'bus' | 'broker' | 'handOver' | 'seed' | 'channels' | 'admin' | 'logger' | 'interceptors'
  > {
  /** Holds the sample shop (`stockSampleShop`) and is the caller's to close. Left out: memory, stocked. */
  datastore?: Datastore;
  /** How it is made to fail beyond what it tells. Left out: not at all. */
  drill?: Drill;
  /** Once aborted, no further step is taken, and what is in hand is finished or left as soon as may be. */
  signal?: AbortSignal;
}

/** The first day on which scenarios play; each has a day of its own, so that it is the same wherever it is run. */
const firstDay = Date.parse('2026-03-02T00:00:00Z');

/**
 * Plays one scenario in virtual time, and holds its end against what it promises. The same scenario with
 * the same seed gives the same result, ids and times included.
 * @param scenario Its name, or one of your own.
 * @throws {InputError} when there is none of that name.
 */
export async function runScenario(
  scenario: string | Scenario,
  options: RunScenarioOptions = {},
): Promise<ScenarioResult> {
  const story = typeof scenario === 'string' ? findScenario(scenario, demoScenarios) : scenario;
  if (story === crashAndRecover) return playCrashAndRecover({ ...options, ...momentOf(story, options) });
  const datastore = options.datastore ?? openDatastore();
  try {
    if (options.datastore === undefined) await stockSampleShop(datastore);
    return await play(story, datastore, options);
  } finally {
    if (options.datastore === undefined) await datastore.close();
  }
}

async function play(
  scenario: Scenario,
  datastore: Datastore,
  options: RunScenarioOptions,
): Promise<ScenarioResult> {
  const { startMs, seed } = momentOf(scenario, options);
  const timeline: TimelineEntry[] = [];
  const world = createWorld({
    ...options,
    // Three attempts within seconds: a story is told quickly.
    delivery: { retry: defaultRetryPolicy, ...scenario.delivery },
    datastore,
    startMs,
    seed,
    onDecision: (decision) => void timeline.push(toEntry(decision, world)),
    onReceipt: (taken) => void timeline.push({ kind: 'receipt', atMs: world.clock.now(), taken }),
    onBreaker: (change) => void timeline.push({ kind: 'breaker', ...change }),
  });
  if (world.hasBus) {
    world.bus.subscribe({
      name: 'timeline',
      handles: '*',
      handle: async (event) => void timeline.push({ kind: 'event', atMs: world.clock.now(), event }),
    });
  }
  try {
    await world.architecture.start();
    for (const step of drilled(scenario, options.drill).steps) {
      if (options.signal?.aborted) break;
      await orStopped(take(step, { world, timeline, startMs }), options.signal);
    }
    const deliveries = await deliveriesSince(startMs, datastore);
    const deadMessages = (await world.bus.deadLetters()).filter(
      (letter) => letter.firstFailedAtMs >= startMs,
    );
    const differences = [
      ...compare(scenario.expected, deliveries.map(describeEnd)),
      ...compare(scenario.expectedDeadMessages ?? [], deadMessages.map(describeDead)),
      ...compare(scenario.expectedReceipts ?? [], await receiptsOf(deliveries, datastore)),
    ];
    return {
      scenario: scenario.name,
      title: scenario.title,
      architecture: world.architecture.name,
      ok: differences.length === 0,
      differences,
      timeline: await withProgress(timeline, datastore),
      deliveries,
    };
  } finally {
    await closeInTime(world, options.signal);
  }
}

/** Looked up when all is over: the log knows what stood before each event. */
function withProgress(timeline: readonly TimelineEntry[], datastore: Datastore): Promise<TimelineEntry[]> {
  return Promise.all(
    timeline.map(async (entry) => {
      const progress = entry.kind === 'event' ? await shipmentProgress(datastore, entry.event) : undefined;
      return progress === undefined ? entry : { ...entry, progress };
    }),
  );
}

interface Play {
  readonly world: World;
  readonly timeline: TimelineEntry[];
  /** When the story begins: milliseconds since the epoch. */
  readonly startMs: number;
}

async function take(step: Step, { world, timeline, startMs }: Play): Promise<void> {
  const { architecture, bus, clock, ids } = world;
  const untilMs = 'waitUntil' in step ? nextTimeOfDayMs(clock.now(), step.waitUntil) : clock.now();
  // What becomes due on the way comes before the step, what becomes due with it behind.
  if (untilMs > clock.now()) await world.advanceTo(untilMs - 1);
  const undone = 'event' in step && !world.hasBus ? { undone: step.withoutBus } : {};
  timeline.push({ kind: 'step', atMs: untilMs, text: step.say, ...undone });
  const commands = 'command' in step ? [step.command] : 'commands' in step ? step.commands : [];
  for (const command of commands) await world.during(execute(architecture.services, command));
  if ('ownText' in step) timeline.push(await askFor(step.ownText, world));
  if ('providers' in step) breakOrMend(world, step.providers);
  if ('redrive' in step) {
    const chosen = step.redrive === 'all' ? await deadSince(startMs, world.datastore) : [step.redrive];
    for (const key of chosen) await architecture.redrive(key);
  }
  if ('event' in step && world.hasBus) {
    const event = step.event({
      id: ids.next(),
      nowMs: clock.now(),
      published: publishedByServices(timeline),
    });
    await world.datastore.eventLog.append([event]);
    await bus.publish([event]);
  }
  await world.advanceTo(untilMs);
  await architecture.settle();
  if ('untilNothingWaits' in step) await world.finish();
}

/** On the bus of some architectures much more flows, which repeats nothing that happened in the shop. */
const publishedByServices = (timeline: readonly TimelineEntry[]): MessageOf<ShopEvents>[] =>
  timeline.flatMap((entry) =>
    entry.kind === 'event' && entry.event.source.startsWith('/services/') ? [entry.event] : [],
  );

async function deadSince(startMs: number, datastore: Datastore): Promise<DeliveryKey[]> {
  const lines = await deliveriesSince(startMs, datastore);
  return lines.flatMap(({ delivery }) => (delivery.status === 'dead_lettered' ? delivery : []));
}

async function deliveriesSince(startMs: number, datastore: Datastore): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const page of datastore.ledger.pages(1000)) {
    lines.push(...page.filter(({ notification }) => notification.requestedAtMs >= startMs));
  }
  return lines;
}

async function receiptsOf(lines: readonly LedgerLine[], { ledger }: Datastore): Promise<string[]> {
  const notifications = new Map(lines.map(({ notification }) => [notification.id, notification]));
  const joined = await ledger.receipts([...notifications.keys()]);
  return joined.map(({ notificationId, customerId, channel, receipt }) => {
    const type = notifications.get(notificationId)?.type;
    return `${customerId} ${type} ${channel}: ${receipt.status}`;
  });
}

function breakOrMend({ providers }: World, faults: Readonly<Record<string, Faults>>): void {
  for (const [channel, faultsOfIt] of Object.entries(faults)) {
    const provider = providers.get(channel);
    if (provider !== undefined) provider.faults = faultsOfIt;
  }
}

const describeDead = ({ messageType, error }: DeadLetter): string =>
  `${messageType}: ${error.code ?? error.name}`;

/** When a scenario begins, and its own randomness. */
function momentOf(scenario: Scenario, { seed = 1 }: RunScenarioOptions): { startMs: number; seed: number } {
  const day = Math.max(
    0,
    demoScenarios.findIndex(({ name }) => name === scenario.name),
  );
  const startMs = firstDay + day * millisecondsInDay + timeOfDayMs(scenario.startsAt);
  return { startMs, seed: seed * 1000 + day };
}

/** `HH:mm` as milliseconds since midnight. */
function timeOfDayMs(time: string): number {
  return Date.parse(`1970-01-01T${time}:00Z`);
}

function nextTimeOfDayMs(nowMs: number, time: string): number {
  const atMs = Math.floor(nowMs / millisecondsInDay) * millisecondsInDay + timeOfDayMs(time);
  return atMs > nowMs ? atMs : atMs + millisecondsInDay;
}

import type { Datastore, LedgerCounts, SubscriberBacklog } from '../../datastore/index.ts';
import type { Decision } from '../../delivery/index.ts';
import type { World } from '../../shop/index.ts';
import { closeInTime, durableBusOf, orStopped, type ReopenOptions, reopenShop } from '../../shop/index.ts';

export interface ResumeOptions extends Omit<ReopenOptions, 'onDecision'> {
  /** How far the clock may be moved, milliseconds since the epoch. Left out: until nothing waits any more. */
  untilMs?: number;
  /** Once aborted, what is in hand is finished, and what waits stays in the datastore. */
  signal?: AbortSignal;
}

/** What is not done yet. */
export interface Leftovers {
  /** Deliveries that have not come to their end. */
  readonly pending: number;
  /** How many of these are in somebody's hand, or were when the process ended. */
  readonly inHand: number;
  /** Subscriber → how many messages wait for it, of a kind that it wants; of any kind, where it does not run. */
  readonly messages: Readonly<Record<string, number>>;
}

/** How many deliveries of one notification came to which end in a run. */
export interface NotificationEnds {
  sent: number;
  skipped: number;
  deadLettered: number;
}

export interface ResumeResult {
  /**
   * What the shop's clock said at the beginning and at the end: milliseconds since the epoch, 0 where nothing has
   * ever happened.
   */
  readonly fromMs: number;
  readonly toMs: number;
  readonly before: Leftovers;
  readonly after: Leftovers;
  /** By the type of the notification. */
  readonly ends: ReadonlyMap<string, Readonly<NotificationEnds>>;
  /** Messages that nobody could handle, in this run. */
  readonly deadMessages: number;
  /** Of all deliveries that were ever requested. */
  readonly counts: LedgerCounts;
  /** Who subscribes now. */
  readonly subscribers: readonly string[];
  /** Who of these never did on this datastore before, and so is given nothing that is older. */
  readonly newcomers: readonly string[];
  readonly wasStopped: boolean;
}

/**
 * Takes up what an earlier process has left, however it ended: events of the log that were not handled, deliveries
 * that it had in hand, and those that wait, each when its time has come.
 * @throws {AlreadyConsumedError} it is still running.
 * @throws {DatastoreUnavailableError}
 */
export async function resume({ untilMs, signal, ...options }: ResumeOptions): Promise<ResumeResult> {
  const { datastore } = options;
  const ends = new Map<string, NotificationEnds>();
  const world = await reopenShop({ ...options, onDecision: (decision) => note(decision, ends) });
  const fromMs = world.clock.now();
  const found = await datastore.statistics.backlog();
  const pendingBefore = await pendingNow(datastore);
  let news: Awaited<ReturnType<typeof run>>;
  try {
    news = await run(world, { untilMs: untilMs ?? Number.POSITIVE_INFINITY, ...(signal && { signal }) });
  } finally {
    await closeInTime(world, signal);
  }
  const { running, deadMessages } = news;
  const known = new Set(found.map(({ subscriber }) => subscriber));
  const subscribers = running.map(({ name }) => name);
  return {
    fromMs,
    toMs: world.clock.now(),
    before: { ...pendingBefore, messages: waiting(found, running) },
    after: {
      ...(await pendingNow(datastore)),
      messages: waiting(await datastore.statistics.backlog(), running),
    },
    ends,
    deadMessages,
    counts: await datastore.ledger.counts(),
    subscribers,
    newcomers: subscribers.filter((name) => !known.has(name)),
    wasStopped: signal?.aborted === true,
  };
}

async function pendingNow({ statistics }: Datastore): Promise<Pick<Leftovers, 'pending' | 'inHand'>> {
  const { groups } = await statistics.deliveries();
  const pending = groups.filter(({ status }) => status === 'pending');
  const sum = (of: 'count' | 'waiting'): number => pending.reduce((total, group) => total + group[of], 0);
  return { pending: sum('count'), inHand: sum('count') - sum('waiting') };
}

/** Who runs, and what it wants. */
type Running = NonNullable<ReturnType<typeof durableBusOf>>['subscribers'];

function waiting(backlog: readonly SubscriberBacklog[], running: Running): Leftovers['messages'] {
  const counts = backlog.map(({ subscriber, unseen, retries }) => {
    const handles = running.find(({ name }) => name === subscriber)?.handles ?? '*';
    const wanted = Object.entries(unseen).filter(([type]) => handles === '*' || handles.includes(type));
    return [subscriber, wanted.reduce((sum, [, count]) => sum + count, retries)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

interface RunOptions {
  untilMs: number;
  signal?: AbortSignal;
}

async function run(
  world: World,
  options: RunOptions,
): Promise<{ readonly running: Running; readonly deadMessages: number }> {
  const bus = durableBusOf(world);
  const lastBuried = (await bus?.deadLetters({ limit: 1 }))?.at(-1)?.id ?? 'message-0';
  await world.architecture.start();
  const running = bus?.subscribers ?? [];
  await orStopped(goOn(world, options), options.signal);
  const buried = await bus?.deadLetters({ after: lastBuried, limit: Number.MAX_SAFE_INTEGER });
  return { running, deadMessages: buried?.length ?? 0 };
}

async function goOn(
  { architecture, clock, ...world }: World,
  { untilMs, signal }: RunOptions,
): Promise<void> {
  await architecture.settle();
  for (;;) {
    const dueMs = clock.nextDueMs();
    if (signal?.aborted) return;
    if (dueMs === undefined || dueMs > untilMs) break;
    await world.advanceTo(dueMs);
  }
  if (Number.isFinite(untilMs)) await world.advanceTo(untilMs);
}

const columns = { sent: 'sent', skipped: 'skipped', dead_lettered: 'deadLettered' } as const;

function note({ notification, status, reason }: Decision, ends: Map<string, NotificationEnds>): void {
  // A repetition that was refused has ended nothing.
  if (status === 'pending' || reason === 'duplicate') return;
  const own = ends.get(notification.type) ?? { sent: 0, skipped: 0, deadLettered: 0 };
  ends.set(notification.type, own);
  own[columns[status]]++;
}

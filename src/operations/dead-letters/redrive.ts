import type { Datastore } from '../../datastore/index.ts';
import { InvalidMessageError } from '../../events/index.ts';
import { InputError } from '../../kernel/index.ts';
import type { World } from '../../shop/index.ts';
import { closeInTime, durableBusOf, orStopped, type ReopenOptions, reopenShop } from '../../shop/index.ts';
import { deadLetterStore } from './dead-letter-store.ts';
import type { Letter } from './letter.ts';
import { currentDeliveries, type Outcome, outcomeOf, retryOf } from './outcome.ts';
import { type Trace, Traces } from './traces.ts';

/** What is to be re-driven. */
export interface Chosen {
  readonly ids: readonly string[];
  /** Who has to run for that; null: anybody who wants a message that was refused before. */
  readonly subscribers: ReadonlySet<string | null>;
}

export interface RedriveOptions
  extends Pick<ReopenOptions, 'architecture' | 'channels' | 'admin' | 'logger'> {
  /** Of the shop that the letters are of; the caller's to close. */
  datastore: Datastore;
  chosen: Chosen;
  /** Told of what became of them, a few at a time. */
  onOutcomes?: (outcomes: readonly Outcome[]) => void;
  /** Once aborted, nothing more is re-driven, and the clock stands. */
  signal?: AbortSignal;
}

export interface RedriveReport {
  /** What the shop's clock said at the beginning and at the end: milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** How many other deliveries have come to their end meanwhile, since they were due. */
  readonly others: number;
  readonly wasStopped: boolean;
}

/** So many are on their way at the same time. */
const atOnce = 200;

/** Notes which letters are meant, so that those that die again are not taken for others. */
export async function choose(letters: AsyncIterable<Letter> | Iterable<Letter>): Promise<Chosen> {
  const ids: string[] = [];
  const subscribers = new Set<string | null>();
  for await (const letter of letters) {
    ids.push(letter.id);
    if (letter.kind === 'message') subscribers.add(letter.dead.subscriber);
  }
  return { ids, subscribers };
}

/**
 * Opens the shop where it stopped, sends the letters on their way again, and moves its clock as far as these need
 * it: until each is at its end, or dead again. What else is due by then is done too.
 * @throws {InputError} who is to be given one of them does not run in this architecture; none is re-driven then.
 * @throws {AlreadyConsumedError} the shop is running in another process.
 * @throws {DatastoreUnavailableError}
 */
export async function redriveLetters(options: RedriveOptions): Promise<RedriveReport> {
  const { chosen, signal, onOutcomes, ...rest } = options;
  const traces = new Traces();
  const world: World = await reopenShop({
    ...rest,
    bus: 'durable',
    onDecision: (decision) => traces.note(decision, world),
  });
  const box = deadLetterStore(world.datastore);
  const fromMs = world.clock.now();
  try {
    await world.architecture.start();
    refuseStrays(world, chosen);
    await orStopped(world.architecture.settle(), signal);
    for (let done = 0; done < chosen.ids.length && !signal?.aborted; done += atOnce) {
      const letters = await Promise.all(chosen.ids.slice(done, done + atOnce).map((id) => box.find(id)));
      const found = letters.filter((letter) => letter !== undefined);
      onOutcomes?.(await redriveSome(world, { traces, letters: found, ...(signal && { signal }) }));
    }
  } finally {
    await closeInTime(world, signal);
  }
  return { fromMs, toMs: world.clock.now(), others: traces.others, wasStopped: signal?.aborted === true };
}

function refuseStrays(world: World, { subscribers }: Chosen): void {
  const running = durableBusOf(world)?.subscribers.map(({ name }) => name) ?? [];
  for (const subscriber of subscribers) {
    if (subscriber === null ? running.length > 0 : running.includes(subscriber)) continue;
    const whom = subscriber === null ? 'whoever wants it' : `"${subscriber}"`;
    throw new InputError({
      message: `a dead message is for ${whom}, and nobody of the kind runs in ${world.architecture.name}`,
      help: 'Name the architecture that the shop ran on with --architecture, or discard the message.',
    });
  }
}

interface Some {
  traces: Traces;
  letters: readonly Letter[];
  signal?: AbortSignal;
}

async function redriveSome(world: World, { traces, letters, signal }: Some): Promise<readonly Outcome[]> {
  const lastBuried = (await durableBusOf(world)?.deadLetters({ limit: 1 }))?.at(-1)?.id ?? 'message-0';
  const refusals = new Map<Trace, InvalidMessageError>();
  const followed: Trace[] = [];
  for (const letter of letters) {
    const trace = traces.follow(letter);
    followed.push(trace);
    const refusal = await sendAgain(world, letter);
    if (refusal !== undefined) refusals.set(trace, refusal);
  }
  await orStopped(finish(world, followed, signal), signal);
  const buried = (await durableBusOf(world)?.deadLetters({ after: lastBuried })) ?? [];
  const outcomes = followed.map((trace) => {
    const refusal = refusals.get(trace);
    return refusal === undefined ? outcomeOf(world, trace, buried) : stillDead(trace.letter, refusal);
  });
  traces.forget(followed);
  return Promise.all(outcomes);
}

/** Why it stays where it is, if it does: a message that still fits no schema. */
async function sendAgain(world: World, letter: Letter): Promise<InvalidMessageError | undefined> {
  if (letter.kind === 'delivery') {
    await world.architecture.redrive(letter.dead.delivery);
    return undefined;
  }
  try {
    await durableBusOf(world)?.redrive(letter.id);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof InvalidMessageError) return thrown;
    throw thrown;
  }
}

function stillDead(letter: Letter, { code, message }: InvalidMessageError): Outcome {
  return {
    letter,
    kind: 'dead',
    reason: code,
    error: message,
    newId: letter.id,
    deliveries: [],
    timeline: [],
  };
}

/** Moves the clock until none of them waits any more. */
async function finish(
  world: World,
  traces: readonly Trace[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { clock, architecture } = world;
  await architecture.settle();
  while (!signal?.aborted) {
    const dueAtMs = await firstDueMs(world.datastore, traces);
    if (dueAtMs === undefined) return;
    // What is due and was not taken waits for something else, such as a provider's rest.
    const nextMs = dueAtMs > clock.now() ? dueAtMs : clock.nextDueMs();
    if (nextMs === undefined) return;
    await world.advanceTo(nextMs);
  }
}

async function firstDueMs(datastore: Datastore, traces: readonly Trace[]): Promise<number | undefined> {
  const dueAtMs: number[] = [];
  for (const trace of traces) {
    for (const delivery of await currentDeliveries(datastore, trace)) {
      if (delivery.dueAtMs !== null) dueAtMs.push(delivery.dueAtMs);
    }
    const retry = trace.letter.kind === 'message' ? await retryOf(datastore, trace.letter) : undefined;
    if (retry !== undefined) dueAtMs.push(retry.dueAtMs);
  }
  return dueAtMs.length === 0 ? undefined : Math.min(...dueAtMs);
}

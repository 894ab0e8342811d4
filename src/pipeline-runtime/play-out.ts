import type { VirtualClock } from '../kernel/index.ts';
import type { Activity } from './activity.ts';

/** As much of a pipeline as has to stand still before the clock may move. */
interface Playable {
  settle(): Promise<void>;
  readonly activity: Activity;
}

/** So many turns of the event loop without anything but waiting show that only the clock can help: a bus needs four from one handler to the next. */
const quietTurns = 16;

/**
 * Moves virtual time on from moment to moment, until nothing more is due, or until `untilMs`: timers, retries, and stages
 * that wait on the clock. "Seven days later" takes no time.
 */
export async function playOut(
  pipeline: Playable,
  clock: VirtualClock,
  { untilMs = Number.POSITIVE_INFINITY }: { readonly untilMs?: number } = {},
): Promise<void> {
  const settle = (): Promise<void> => quiet(pipeline);
  await settle();
  for (let dueMs = clock.nextDueMs(); dueMs !== undefined && dueMs <= untilMs; dueMs = clock.nextDueMs()) {
    await clock.advanceTo(dueMs, settle);
  }
  if (Number.isFinite(untilMs) && untilMs > clock.now()) await clock.advanceTo(untilMs, settle);
}

/**
 * Moves virtual time on until no stage waits on it: what is in hand is done, and what is still to come, still is. Before a pipeline
 * may stop, since what waits on a clock that stands still has no end.
 */
export async function finishInHand(pipeline: Playable, clock: VirtualClock): Promise<void> {
  const settle = (): Promise<void> => quiet(pipeline);
  await settle();
  for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs()) {
    if (pipeline.activity.waiting === 0) return;
    await clock.advanceTo(dueMs, settle);
  }
}

/** Resolves when all is settled, or all that is not waits on the clock. */
async function quiet(pipeline: Playable): Promise<void> {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  const settled = pipeline.settle();
  // Where only the clock can help, it is asked again, and what comes of this one is not of interest.
  settled.then(over, over);
  const { activity } = pipeline;
  let turns = 0;
  let before = activity.count;
  while (!isOver) {
    // Turns while nobody waits on the clock would only keep the processor busy while others answer: a disk, a server.
    if (activity.waiting === 0) await Promise.race([settled, activity.untilWaiting()]);
    else await new Promise(setImmediate);
    turns = activity.waiting > 0 && activity.count === before ? turns + 1 : 0;
    before = activity.count;
    if (turns > quietTurns) return;
  }
  await settled;
}

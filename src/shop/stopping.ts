import { constants } from 'node:os';
import { type Cancel, type Clock, systemClock } from '../kernel/index.ts';

type StopSignal = 'SIGINT' | 'SIGTERM';

export interface StopRequest {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Listens no more. */
  release(): void;
}

/** Lets a command end in order at the first Ctrl-C or SIGTERM. A second one ends the process at once. */
export function listenForStop(events: NodeJS.EventEmitter = process, exit = process.exit): StopRequest {
  const controller = new AbortController();
  const onSignal = (name: StopSignal): void => {
    // As the shell would say it of a process that a signal has ended.
    if (controller.signal.aborted) exit(128 + constants.signals[name]);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) events.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) events.off(name, onSignal);
    },
  };
}

/** Resolves when the work is done, or when a stop is asked for: then the work is on its own. */
export async function orStopped(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  await Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop));
}

/**
 * Closes what runs. After a stop, a provider that does not answer must not hold that up; what it has in hand stays
 * pending.
 */
export async function closeInTime(
  running: { close(): Promise<void> },
  signal: AbortSignal | undefined,
): Promise<void> {
  const closed = running.close();
  await (signal?.aborted ? withinStopTime(systemClock(), closed) : closed);
}

/** Resolves when the work is done, or with undefined when it has taken too long after a stop. */
export type LimitAfterStop = <T>(work: Promise<T>) => Promise<T | undefined>;

/**
 * For work that comes in pieces: once a stop is asked for, all that is left of it has the same 15 seconds. Until
 * then it may take as long as it likes.
 */
export function limitAfterStop(
  signal: AbortSignal | undefined,
  clock: Clock = systemClock(),
): LimitAfterStop {
  let endMs: number | undefined;
  return async (work) => {
    if (signal === undefined) return work;
    let cancel: Cancel = () => {};
    let begin = (): void => {};
    const over = new Promise<undefined>((resolve) => {
      begin = () => {
        endMs ??= clock.now() + stopWithinMs;
        cancel = clock.schedule(endMs, () => resolve(undefined));
      };
    });
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin);
    try {
      return await Promise.race([work, over]);
    } finally {
      signal.removeEventListener('abort', begin);
      cancel();
    }
  };
}

/** How long a stop may take to finish what is in hand. */
const stopWithinMs = 15_000;

/** Resolves when the work is done, or when a stop may take no longer. */
async function withinStopTime(clock: Clock, work: Promise<void>): Promise<void> {
  let cancel: Cancel = () => {};
  const limit = new Promise<void>((resolve) => {
    cancel = clock.schedule(clock.now() + stopWithinMs, resolve);
  });
  await Promise.race([work, limit]).finally(() => cancel());
}

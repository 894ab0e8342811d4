import { constants } from 'node:os';
import { type Cancel, type Clock, steadyClock, systemClock } from '../kernel/index.ts';

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

/** Resolves when the work is done, or with undefined when it has taken too long after a stop. */
export type LimitAfterStop = <T>(work: Promise<T>) => Promise<T | undefined>;

export interface LimitOptions {
  clock?: Clock;
  /** Default 15,000. */
  withinMs?: number;
}

/**
 * For work that comes in pieces: once a stop is asked for, all that is left of it has the same time. Until then it may
 * take as long as it likes. What has not ended by then is on its own.
 */
export function limitAfterStop(
  signal: AbortSignal | undefined,
  { clock: wallClock = systemClock(), withinMs = 15_000 }: LimitOptions = {},
): LimitAfterStop {
  const clock = steadyClock(wallClock);
  let endMs: number | undefined;
  return async (work) => {
    if (signal === undefined) return work;
    let cancel: Cancel = () => {};
    let begin = (): void => {};
    const over = new Promise<undefined>((resolve) => {
      begin = () => {
        endMs ??= clock.now() + withinMs;
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

/** Resolves when the work is done, or when a stop is asked for. */
export const orStopped = (work: Promise<void>, signal: AbortSignal | undefined): Promise<void> =>
  limitAfterStop(signal, { withinMs: 0 })(work);

/**
 * Closes what runs. After a stop, also one that comes meanwhile, a provider that does not answer must not hold that up;
 * what it has in hand stays pending.
 */
export const closeInTime = (
  running: { close(): Promise<void> },
  signal: AbortSignal | undefined,
): Promise<void> => limitAfterStop(signal)(running.close());

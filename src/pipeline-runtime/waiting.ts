import { type Clock, steadyClock } from '../kernel/index.ts';

/** Resolves `ms` later, whatever the clock is set to; rejects with the signal's reason when that is aborted before. */
export function waitOn(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const giveUp = (): void => {
      cancel();
      reject(signal.reason);
    };
    const steady = steadyClock(clock);
    const cancel = steady.schedule(steady.now() + ms, () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

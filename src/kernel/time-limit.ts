import type { Cancel, Clock } from './clock.ts';

/** A timer that rings so much too late says that the process stood still: it was stopped, or busy with something else. */
const stoodStillMs = 1000;

/** Whether a process stood still, by how late a timer of its own rings: whatever has been answered meanwhile has not been heard. */
export const stoodStill = (lateMs: number): boolean => lateMs > stoodStillMs;

/**
 * Calls `isOver` when so much time has passed in which an answer could have been heard: where the process stood still,
 * it begins anew.
 * @param clock one that makes no steps
 */
export function timeLimit(clock: Clock, ms: number, isOver: () => void): Cancel {
  let cancel: Cancel = () => {};
  const begin = (): void => {
    const endMs = clock.now() + ms;
    cancel = clock.schedule(endMs, () => {
      if (stoodStill(clock.now() - endMs)) begin();
      else isOver();
    });
  };
  begin();
  return () => cancel();
}

import { onTestFinished } from 'vitest';

/** Gives, each time it is asked, whatever was rejected since and nobody took. */
export function unhandledRejections(): () => readonly unknown[] {
  const reasons: unknown[] = [];
  const note = (reason: unknown): void => void reasons.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  return () => reasons;
}

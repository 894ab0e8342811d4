import { AppError } from '../../../kernel/index.ts';

/** Somebody had enough of it before it was done. */
class ComparisonStoppedError extends AppError {
  readonly code = 'comparison_stopped';

  constructor() {
    super({ message: 'stopped before it was done', help: 'Nothing is kept of it: run it again.' });
  }
}

/**
 * What the work comes to. Once a stop is asked for it is not begun, or left, whatever it is at.
 * @throws {ComparisonStoppedError}
 */
export async function orStopped<T>(signal: AbortSignal | undefined, begin: () => Promise<T>): Promise<T> {
  if (signal === undefined) return begin();
  if (signal.aborted) throw new ComparisonStoppedError();
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new ComparisonStoppedError());
  });
  signal.addEventListener('abort', stop);
  const work = begin();
  // What it fails at once it is left is nobody's concern.
  work.catch(() => {});
  try {
    return await Promise.race([stopped, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

import { type Clock, timeLimit } from '../kernel/index.ts';

/** Resolves as `work` does, or rejects with what `tooLate` makes when that takes longer than so long by a clock that makes no steps. */
export async function within<T>(
  work: Promise<T>,
  { clock, ms, tooLate }: { readonly clock: Clock; readonly ms: number; tooLate(): Error },
): Promise<T> {
  let cancel = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = timeLimit(clock, ms, () => reject(tooLate()));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    cancel();
  }
}

import type { Clock } from '../kernel/index.ts';

/** Resolves as `work` does, or rejects with what `tooLate` makes when that takes longer than so long. */
export async function within<T>(
  work: Promise<T>,
  { clock, ms, tooLate }: { readonly clock: Clock; readonly ms: number; tooLate(): Error },
): Promise<T> {
  let cancel = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = clock.schedule(clock.now() + ms, () => reject(tooLate()));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    cancel();
  }
}

import type { Limited, TimeLimits } from '../kernel/index.ts';

/** Resolves as `work` does, or rejects with what `tooLate` makes when its time is over before. */
export function within<T>(work: Promise<T>, limits: TimeLimits<Limited>, tooLate: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const limited: Limited = {
      overrun() {
        reject(tooLate());
      },
    };
    limits.begin(limited);
    work.then(
      (value) => {
        limits.end(limited);
        resolve(value);
      },
      (thrown) => {
        limits.end(limited);
        reject(thrown);
      },
    );
  });
}

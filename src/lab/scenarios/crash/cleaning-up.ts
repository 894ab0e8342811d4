const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does the work, and cleans up behind it however it ends: also when the process exits meanwhile, or is ended by
 * Ctrl-C. `cleanUp` may be called more than once.
 */
export async function cleaningUp<T>(cleanUp: () => void, work: () => Promise<T>): Promise<T> {
  const onSignal = (signal: NodeJS.Signals): void => {
    cleanUp();
    release();
    // Now it has the effect that it would have had, unless somebody else sees to that.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.off('exit', cleanUp);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on('exit', cleanUp);
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    release();
    cleanUp();
  }
}

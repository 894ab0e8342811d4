/** How soon a second signal is still the first: npm hands on what the terminal has sent to both. */
const echoMs = 500;

export interface Interruption {
  readonly controller: AbortController;
  /** Listens no more. */
  release(): void;
}

/** Aborted by the first Ctrl-C or SIGTERM; the second ends the process at once. */
export function catchInterruption(): Interruption {
  const controller = new AbortController();
  let abortedMs = Number.POSITIVE_INFINITY;
  controller.signal.addEventListener('abort', () => {
    abortedMs = performance.now();
  });
  const interrupt = (signal: NodeJS.Signals): void => {
    if (performance.now() > abortedMs + echoMs) process.exit(signal === 'SIGTERM' ? 143 : 130);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    controller,
    release: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}

import type { Family } from './metric-data.ts';

/** Sends figures at an interval. Nothing that goes wrong here disturbs who is measured: it is in the log, once. */
export interface Metrics {
  /** From now on that is asked each time. */
  readFrom(read: () => Promise<readonly Family[]>): void;
  /** Asks for the last time, before what was asked is closed: this is what `close` sends. */
  readLast(): Promise<void>;
  /** Reads and sends now. Resolves when it is sent, or was lost. */
  flush(): Promise<void>;
  /** Sends once more, for so long as a collector may take, and never again. */
  close(): Promise<void>;
}

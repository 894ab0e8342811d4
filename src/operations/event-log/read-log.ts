import type { Datastore, LoggedMessage } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';

/** Which messages of the log are meant; what is left out excludes none. */
export interface LogFilter {
  readonly types?: readonly string[];
  readonly subject?: string;
  readonly correlationId?: string;
  /** Milliseconds since the epoch: from then on. */
  readonly sinceMs?: number;
  /** Before then. */
  readonly untilMs?: number;
}

const positionsAtOnce = 1000;

/** What stands behind `after` and passes the filter, in the order of the log, a page at a time: any log takes the memory of one. */
export async function* readLog(
  { consumption }: Pick<Datastore, 'consumption'>,
  { after = 0, ...filter }: LogFilter & { after?: number } = {},
): AsyncGenerator<LoggedMessage> {
  const head = await consumption.head();
  const types = filter.types ?? null;
  for (let from = after; from < head; from += positionsAtOnce) {
    const upTo = Math.min(head, from + positionsAtOnce);
    const page = await consumption.read({ subscriber: '', types, after: from, upTo, skipHandled: false });
    for (const logged of page) if (passes(logged.message, filter)) yield logged;
  }
}

function passes({ subject, correlationId, time }: Message, filter: LogFilter): boolean {
  const atMs = Date.parse(time);
  return (
    (filter.subject === undefined || subject === filter.subject) &&
    (filter.correlationId === undefined || correlationId === filter.correlationId) &&
    (filter.sinceMs === undefined || atMs >= filter.sinceMs) &&
    (filter.untilMs === undefined || atMs < filter.untilMs)
  );
}

export interface TailOptions extends LogFilter {
  /** Begins behind this position. */
  after: number;
  /** Resolves when it is time to look again, or `signal` is aborted. */
  wait(): Promise<void>;
  signal: AbortSignal;
}

/** The same, and then what is added, until `signal` is aborted. */
export async function* tailLog(
  datastore: Pick<Datastore, 'consumption'>,
  { after, wait, signal, ...filter }: TailOptions,
): AsyncGenerator<LoggedMessage> {
  for (let seen = after; !signal.aborted; await wait()) {
    const head = await datastore.consumption.head();
    for await (const logged of readLog(datastore, { ...filter, after: seen })) {
      if (signal.aborted) return;
      yield logged;
      seen = logged.position;
    }
    // What does not pass the filter was seen too.
    seen = Math.max(seen, head);
  }
}

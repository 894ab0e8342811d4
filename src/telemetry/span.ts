import type { TraceContext } from '../events/index.ts';
import type { LostSpans } from './lost-spans.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A span that is over. Ids and codes only: no address, no name, no text of a message. */
export interface FinishedSpan extends TraceContext {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** In the same trace. Left out: nothing led to it. */
  readonly parentSpanId?: string | undefined;
  /** Milliseconds since the epoch, by the shop's clock. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** In other traces. */
  readonly links?: readonly TraceContext[];
  /** A stable code, or the name of an error: never its message, which may name people. Left out: it went well. */
  readonly error?: string | undefined;
}

/** Where spans go. Takes any number at any time, keeps no caller waiting, and throws nothing. */
export interface SpanSink {
  record(span: FinishedSpan): void;
  /** How many never got there, since it was opened. */
  lost(): LostSpans;
  /** Sends what it has. Resolves when it is sent or has failed. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

import type { TraceContext } from '../events/index.ts';

const form = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;

/** What a `traceparent` header says (W3C Trace Context); undefined where it is none, which is to be as if it had not come. */
export function contextIn(header: string | undefined): TraceContext | undefined {
  const [, traceId, spanId] = form.exec(header?.trim() ?? '') ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

import { type Link, ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type BufferConfig,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { TraceContext } from '../events/index.ts';
import type { Logger } from '../kernel/index.ts';
import { LostSpanCounter } from './lost-spans.ts';
import { resourceOf } from './resource.ts';
import type { FinishedSpan, SpanSink } from './span.ts';

const kinds: Readonly<Record<FinishedSpan['kind'], SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

export interface OtlpSinkOptions {
  /** `http://127.0.0.1:4318/v1/traces`. Left out: as the variables of the environment say. */
  url?: string;
  /** Left out: as the environment says, or else `notification-architectures`. */
  serviceName?: string;
  /** How long a collector may take for a batch; within that time it is asked again where it says that it is busy. */
  sendWithinMs: number;
  logger: Logger;
}

/**
 * Sends spans in batches over OTLP/HTTP in JSON. At most 2,048 wait (`OTEL_BSP_MAX_QUEUE_SIZE`); what is more is dropped and
 * counted, so that a collector that is down costs neither memory nor time.
 */
export function otlpSink({ url, serviceName, sendWithinMs, logger }: OtlpSinkOptions): SpanSink {
  // Each span is made when it is over, under ids that are known by then.
  let next: TraceContext = { traceId: '', spanId: '' };
  const counter = new LostSpanCounter(logger);
  const exporter = new OTLPTraceExporter({ timeoutMillis: sendWithinMs, ...(url !== undefined && { url }) });
  const provider = new BasicTracerProvider({
    // What is not to be kept is for the collector to say: here nobody knows yet how a trace ends.
    sampler: new AlwaysOnSampler(),
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    resource: resourceOf(serviceName),
    spanProcessors: [
      new BatchSpanProcessor(tellingOf(exporter, counter), {
        // It is taken, though the type of this constructor has it not.
        selfObsMeterProvider: counter.meterProvider(),
      } as BufferConfig),
    ],
  });
  const tracer = provider.getTracer('notification-architectures');
  const failed = (): void => {};
  return {
    record({ name, kind, parentSpanId, startMs, endMs, attributes, links = [], error, ...ids }) {
      next = ids;
      const parent =
        parentSpanId === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, contextOf({ traceId: ids.traceId, spanId: parentSpanId }));
      const given = error === undefined ? attributes : { ...attributes, 'error.type': error };
      const options = { kind: kinds[kind], startTime: startMs, attributes: given, links: links.map(linkTo) };
      const span = tracer.startSpan(name, options, parent);
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endMs);
    },
    lost: () => counter.lost,
    flush: () => provider.forceFlush().catch(failed),
    close: () => provider.shutdown().catch(failed),
  };
}

const contextOf = (ids: TraceContext) => ({ ...ids, traceFlags: TraceFlags.SAMPLED, isRemote: true });

const linkTo = (ids: TraceContext): Link => ({ context: contextOf(ids) });

/** Tells what becomes of each batch. */
const tellingOf = (exporter: SpanExporter, counter: LostSpanCounter): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans, (result) => {
      const hasFailed = result.error !== undefined || result.code !== 0;
      counter.exported(spans.length, hasFailed ? { name: result.error?.name } : undefined);
      done(result);
    }),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => exporter.forceFlush?.(),
});

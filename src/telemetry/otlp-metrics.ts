import type { HrTime } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import {
  MeterProvider,
  type MetricProducer,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import type { Clock, Logger } from '../kernel/index.ts';
import { type Family, metricDataOf } from './metric-data.ts';
import type { Metrics } from './metrics.ts';
import { resourceOf } from './resource.ts';

export interface OtlpMetricsOptions {
  intervalMs: number;
  clock: Clock;
  /** How long a collector may take; within that time it is asked again where it says that it is busy. */
  sendWithinMs: number;
  logger: Logger;
}

/** What was read, and when. */
interface Reading {
  readonly families: readonly Family[];
  readonly atMs: number;
}

/** Sends figures over OTLP/HTTP in JSON, to where the variables of the environment say. They are kept by whoever is asked for them. */
export function otlpMetrics({ intervalMs, clock, sendWithinMs, logger }: OtlpMetricsOptions): Metrics {
  const reading = outageTold(logger, 'metrics could not be read', 'metrics are read again');
  const sending = outageTold(logger, 'metrics could not be sent', 'metrics are sent again');
  let read = async (): Promise<readonly Family[]> => [];
  let last: Reading | undefined;
  let sinceMs: number | undefined;

  async function current(): Promise<Reading> {
    if (last !== undefined) return last;
    try {
      const families = await read();
      reading.isOver();
      return last ?? { families, atMs: clock.now() };
    } catch (thrown) {
      // What was asked may have been closed meanwhile.
      if (last === undefined) reading.isOn(thrown);
      return last ?? { families: [], atMs: clock.now() };
    }
  }

  const resource = resourceOf();
  const producer: MetricProducer = {
    async collect() {
      const { families, atMs } = await current();
      if (families.length === 0) return { resourceMetrics: { resource, scopeMetrics: [] }, errors: [] };
      // Most of it was counted by processes before this one. That nobody knows since when is said by a first point of no duration.
      sinceMs ??= atMs;
      const times = { startTime: hrTimeOf(sinceMs), endTime: hrTimeOf(atMs) };
      const metrics = families.flatMap((family) => metricDataOf(family, times));
      const scopeMetrics = [{ scope: { name: 'notification-architectures' }, metrics }];
      return { resourceMetrics: { resource, scopeMetrics }, errors: [] };
    },
  };
  const exporter = new OTLPMetricExporter({ timeoutMillis: Math.min(sendWithinMs, intervalMs) });
  const reader = new PeriodicExportingMetricReader({
    exporter: tellingOf(exporter, sending),
    exportIntervalMillis: intervalMs,
    metricProducers: [producer],
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const failed = (): void => {};
  return {
    readFrom(from) {
      read = from;
    },
    async readLast() {
      last = await current();
    },
    flush: () => provider.forceFlush().catch(failed),
    close: () => provider.shutdown({ timeoutMillis: sendWithinMs }).catch(failed),
  };
}

const hrTimeOf = (ms: number): HrTime => [Math.trunc(ms / 1000), Math.round((ms % 1000) * 1e6)];

type Outage = ReturnType<typeof outageTold>;

/** Tells when something begins to fail, and when it no longer does. No message of an error, which may quote secrets. */
function outageTold(logger: Logger, begins: string, ends: string) {
  let isFailing = false;
  return {
    isOn(thrown: unknown) {
      if (!isFailing) logger.warn({ error: thrown instanceof Error ? thrown.name : undefined }, begins);
      isFailing = true;
    },
    isOver() {
      if (isFailing) logger.warn({}, ends);
      isFailing = false;
    },
  };
}

/** Tells what becomes of each sending. */
const tellingOf = (exporter: PushMetricExporter, sending: Outage): PushMetricExporter => ({
  export: (metrics, done) =>
    exporter.export(metrics, (result) => {
      if (result.error !== undefined || result.code !== 0) sending.isOn(result.error);
      else sending.isOver();
      done(result);
    }),
  forceFlush: () => exporter.forceFlush(),
  shutdown: () => exporter.shutdown(),
});

import { type Clock, type Logger, silentLogger, systemClock } from '../kernel/index.ts';
import type { Metrics } from './metrics.ts';
import { metricsSettings } from './metrics-settings.ts';

export interface MetricsOptions {
  /** Default: that of the system. */
  clock?: Clock;
  /** How long a collector may take to answer, and how long `close` waits for it. Default 5,000. */
  sendWithinMs?: number;
  /** Told when metrics cannot be read, or do not arrive. Default: nobody. */
  logger?: Logger;
}

/**
 * Opens the way to where the environment says that metrics go. The libraries of OpenTelemetry are loaded only then.
 * @returns undefined: it does not say so.
 * @throws {InputError} what it says cannot be.
 */
export async function openMetrics({
  clock = systemClock(),
  sendWithinMs = 5000,
  logger = silentLogger,
}: MetricsOptions = {}): Promise<Metrics | undefined> {
  const settings = metricsSettings(process.env);
  if (settings === undefined) return undefined;
  const { otlpMetrics } = await import('./otlp-metrics.ts');
  return otlpMetrics({ ...settings, clock, sendWithinMs, logger });
}

import { toPlain } from '../../report/index.ts';
import type { BreakerSummary } from './breakers.ts';
import type { Figures, Status } from './figures.ts';

/** The status as plain data: times in ISO 8601, durations in milliseconds, rates from 0 to 1. */
export function statusToPlain(status: Status, circuitBreakers: readonly BreakerSummary[] = []): unknown {
  return toPlain({
    ...plainFigures(status),
    channels: status.channels.map((figures) => ({ channel: figures.channel, ...plainFigures(figures) })),
    failures: status.failures,
    deadMessages: status.deadMessages,
    circuitBreakers,
  });
}

function plainFigures(figures: Figures): Record<string, unknown> {
  const { requested, sent, skipped, deadLettered, pending, waiting, nextDueAtMs, oldestPendingAtMs } =
    figures;
  const { failed, recovered, successRate, attempts, asked, averageAttempts, deliveryTime } = figures;
  return {
    requested,
    sent,
    skipped,
    deadLettered,
    pending,
    waiting,
    nextDueAtMs,
    oldestPendingAtMs,
    failed,
    recovered,
    successRate,
    attempts,
    asked,
    averageAttempts,
    skippedByReason: figures.skippedByReason,
    deadLetteredByReason: figures.deadLetteredByReason,
    waitingByReason: figures.waitingByReason,
    reported: figures.reported,
    deliveryTimeMs: deliveryTime && {
      min: deliveryTime.minMs,
      p50: deliveryTime.p50Ms,
      p95: deliveryTime.p95Ms,
      p99: deliveryTime.p99Ms,
      max: deliveryTime.maxMs,
    },
  };
}

import { Counter, Gauge, type MetricObjectWithValues, type MetricValueWithName, Registry } from 'prom-client';
import type { DeliveryStatistics } from '../../datastore/index.ts';
import type { Family, LostSpans } from '../../telemetry/index.ts';
import type { BreakerSummary } from './breakers.ts';
import { type ChannelFigures, type Status, statusOf } from './figures.ts';
import { ReckonedHistogram } from './reckoned-histogram.ts';
import { ReckonedSummary } from './reckoned-summary.ts';

/** Of a process that runs. */
export interface ProcessFigures {
  /** Whether it consumes and sends. */
  readonly isWorking: boolean;
  /** How much waits to be consumed, and to be sent. */
  readonly messages: number;
  readonly deliveries: number;
  /** Left out: it sends none. */
  readonly lostSpans?: LostSpans | undefined;
}

/** What there is to say: all of it, and what a process adds that runs. */
export type Said = readonly [
  statistics: DeliveryStatistics,
  breakers?: readonly BreakerSummary[],
  /** Of the process that says it. */
  running?: ProcessFigures | undefined,
];

/**
 * The figures in Prometheus' text format, version 0.0.4. An empty `reason` or `error_code` stands where none
 * is on record, and what has no value, such as the time of what was never sent, has no line.
 */
export const toPrometheus = (...said: Said): Promise<string> => registryOf(...said).metrics();

/** The same figures, for who writes them in another format. */
export async function toFamilies(...said: Said): Promise<readonly Family[]> {
  const families: readonly MetricObjectWithValues<MetricValueWithName<string>>[] = await registryOf(
    ...said,
  ).getMetricsAsJSON();
  return families.map(({ name, help, type, values }) => ({
    name,
    help,
    // The library declares an enum, and has the word at run time.
    type: type as unknown as Family['type'],
    samples: values.map(({ metricName = name, labels, value }) => ({ name: metricName, labels, value })),
  }));
}

function registryOf(...[statistics, breakers = [], running]: Said): Registry {
  const registry = new Registry();
  const status = statusOf(statistics);
  addDeliveries(registry, statistics);
  addAttempts(registry, status);
  new ReckonedHistogram({
    name: 'notification_attempts_until_sent',
    help: 'How often the provider was asked, of each delivery that was sent.',
    registry,
    counts: statistics.sentAfter,
  });
  addBreakers(registry, breakers);
  addDeadMessages(registry, statistics);
  addChannels(registry, status);
  addFailures(registry, status);
  addTimes(registry, statistics);
  addReceipts(registry, statistics);
  if (running?.lostSpans !== undefined) addLostSpans(registry, running.lostSpans);
  if (running !== undefined) addProcess(registry, running);
  return registry;
}

function addDeliveries(registry: Registry, { groups }: DeliveryStatistics): void {
  const deliveries = new Gauge({
    name: 'notification_deliveries',
    help: 'Deliveries in the ledger, by how they stand.',
    labelNames: ['channel', 'status', 'reason'],
    registers: [registry],
  });
  // Groups that differ in their failures only are one here.
  for (const { channel, status, reason, count } of groups) {
    deliveries.inc({ channel, status, reason: reason ?? '' }, count);
  }
}

function addAttempts(registry: Registry, { channels }: Status): void {
  const attempts = new Counter({
    name: 'notification_attempts_total',
    help: 'How often a provider was asked.',
    labelNames: ['channel'],
    registers: [registry],
  });
  for (const figures of channels) attempts.inc({ channel: figures.channel }, figures.attempts);
}

function addChannels(registry: Registry, { channels }: Status): void {
  const add = (name: string, help: string, figure: (figures: ChannelFigures) => number | null): void => {
    const gauge = new Gauge({ name, help, labelNames: ['channel'], registers: [registry] });
    for (const figures of channels) {
      const value = figure(figures);
      if (value !== null) gauge.set({ channel: figures.channel }, value);
    }
  };
  add(
    'notification_deliveries_attempted',
    'Deliveries for which a provider was asked.',
    ({ asked }) => asked,
  );
  add(
    'notification_attempts_average',
    'Attempts of a delivery for which a provider was asked.',
    ({ averageAttempts }) => averageAttempts,
  );
  add(
    'notification_success_ratio',
    'Sent deliveries, of all sent and dead-lettered.',
    ({ successRate }) => successRate,
  );
  add('notification_deliveries_waiting', 'Pending deliveries that are deferred.', ({ waiting }) => waiting);
  add(
    'notification_next_due_timestamp_seconds',
    'When the first deferred delivery is due.',
    ({ nextDueAtMs }) => nextDueAtMs && nextDueAtMs / 1000,
  );
  add(
    'notification_oldest_pending_timestamp_seconds',
    'When the delivery that has been pending longest was requested: time() minus this is the age of the backlog.',
    ({ oldestPendingAtMs }) => oldestPendingAtMs && oldestPendingAtMs / 1000,
  );
}

function addBreakers(registry: Registry, breakers: readonly BreakerSummary[]): void {
  const open = new Gauge({
    name: 'notification_circuit_breaker_open',
    help: "1 while the channel's circuit breaker is open, reckoned from the ledger.",
    labelNames: ['channel'],
    registers: [registry],
  });
  for (const { channel, state } of breakers) open.set({ channel }, state === 'open' ? 1 : 0);
}

function addProcess(registry: Registry, { isWorking, messages, deliveries }: ProcessFigures): void {
  const add = (name: string, help: string, value: number): void =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  add(
    'notification_worker_working',
    '1 while this process consumes and sends, 0 while it stands by.',
    isWorking ? 1 : 0,
  );
  add(
    'notification_backlog_messages',
    'Messages that the subscriber furthest behind has not come to; counted to 100,000.',
    messages,
  );
  add(
    'notification_backlog_deliveries',
    'Deliveries in hand or due; counted to 100,000 a channel.',
    deliveries,
  );
}

function addDeadMessages(registry: Registry, { deadMessages }: DeliveryStatistics): void {
  const dead = new Gauge({
    name: 'notification_dead_messages',
    help: 'Messages that a subscriber of the durable bus was given and that were given up for it.',
    labelNames: ['subscriber'],
    registers: [registry],
  });
  for (const { subscriber, count } of deadMessages) dead.set({ subscriber }, count);
}

function addFailures(registry: Registry, { failures }: Status): void {
  const labelNames = ['channel', 'status', 'reason', 'error_code'] as const;
  const counts = new Gauge({
    name: 'notification_deliveries_failed',
    help: 'Deliveries that failed at least once, by how they stand.',
    labelNames,
    registers: [registry],
  });
  const moments = new Gauge({
    name: 'notification_last_failure_timestamp_seconds',
    help: 'When one of them last failed.',
    labelNames,
    registers: [registry],
  });
  for (const { channel, status, reason, errorCode, count, lastAtMs } of failures) {
    const labels = { channel, status, reason: reason ?? '', error_code: errorCode ?? '' };
    counts.set(labels, count);
    moments.set(labels, lastAtMs / 1000);
  }
}

function addTimes(registry: Registry, { times }: DeliveryStatistics): void {
  const help = 'From the request to the yes of the provider';
  new ReckonedSummary({
    name: 'notification_delivery_seconds',
    help: `${help}.`,
    registry,
    times: times.filter(({ channel }) => channel !== null),
  });
  new ReckonedSummary({
    name: 'notification_delivery_overall_seconds',
    help: `${help}, all channels together.`,
    registry,
    times: times.filter(({ channel }) => channel === null),
  });
}

function addReceipts(registry: Registry, { receipts }: DeliveryStatistics): void {
  const reported = new Gauge({
    name: 'notification_deliveries_reported',
    help: 'Sent deliveries, by what the provider has reported of them since.',
    labelNames: ['channel', 'status'],
    registers: [registry],
  });
  for (const { channel, status, count } of receipts) reported.set({ channel, status }, count);
}

function addLostSpans(registry: Registry, { queueFull, notSent }: LostSpans): void {
  const lost = new Counter({
    name: 'notification_spans_lost_total',
    help: 'Spans of this process that never got to the collector: more came than may wait, or it did not take them.',
    labelNames: ['reason'],
    registers: [registry],
  });
  lost.inc({ reason: 'queue_full' }, queueFull);
  lost.inc({ reason: 'not_sent' }, notSent);
}

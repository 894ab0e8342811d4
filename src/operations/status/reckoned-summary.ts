import { type Registry, Summary } from 'prom-client';
import type { DeliveryTimes } from '../../datastore/index.ts';

export interface ReckonedSummaryOptions {
  name: string;
  help: string;
  registry: Registry;
  /** With a label `channel`, or, for all channels together, without. */
  times: readonly DeliveryTimes[];
}

type Label = 'channel' | 'quantile';

/** A summary that was reckoned by the datastore, to the unit: prom-client's own estimates from what it observes. */
export class ReckonedSummary extends Summary<Label> {
  readonly #name: string;
  readonly #times: readonly DeliveryTimes[];

  constructor({ name, help, registry, times }: ReckonedSummaryOptions) {
    super({ name, help, registers: [registry] });
    this.#name = name;
    this.#times = times;
  }

  override async get(): ReturnType<Summary<Label>['get']> {
    return { ...(await super.get()), values: this.#times.flatMap((times) => this.#valuesOf(times)) };
  }

  #valuesOf({ channel, count, minMs, p50Ms, p95Ms, p99Ms, maxMs, totalMs }: DeliveryTimes) {
    const labels = channel === null ? {} : { channel };
    const quantile = (name: string, ms: number) => ({
      labels: { ...labels, quantile: name },
      value: ms / 1000,
    });
    return [
      quantile('0', minMs),
      quantile('0.5', p50Ms),
      quantile('0.95', p95Ms),
      quantile('0.99', p99Ms),
      quantile('1', maxMs),
      { metricName: `${this.#name}_sum`, labels, value: totalMs / 1000 },
      { metricName: `${this.#name}_count`, labels, value: count },
    ];
  }
}

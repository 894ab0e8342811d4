import { Histogram, type MetricType, type Registry } from 'prom-client';
import type { AttemptCount } from '../../datastore/index.ts';

export interface ReckonedHistogramOptions {
  name: string;
  help: string;
  registry: Registry;
  counts: readonly AttemptCount[];
}

/** So many attempts at most, each bucket with those of the ones before it. */
const bounds = [1, 2, 3, 5, 10];

/** The library declares an enum, and has the word at run time. */
const histogram = 'histogram' as unknown as MetricType;

type Label = 'channel' | 'le';

/** A histogram that was reckoned by the datastore: what is sent stays sent, so that its buckets only climb. */
export class ReckonedHistogram extends Histogram<Label> {
  readonly #name: string;
  readonly #help: string;
  readonly #counts: readonly AttemptCount[];

  constructor({ name, help, registry, counts }: ReckonedHistogramOptions) {
    super({ name, help, buckets: bounds, labelNames: ['channel'], registers: [registry] });
    this.#name = name;
    this.#help = help;
    this.#counts = counts;
  }

  override get(): ReturnType<Histogram<Label>['get']> {
    return this.getForPromString();
  }

  /** What the text format is written from. */
  async getForPromString(): ReturnType<Histogram<Label>['get']> {
    const channels = [...new Set(this.#counts.map(({ channel }) => channel))];
    const values = channels.flatMap((channel) => this.#valuesOf(channel));
    return { name: this.#name, help: this.#help, type: histogram, aggregator: 'sum', collect() {}, values };
  }

  #valuesOf(channel: string) {
    const own = this.#counts.filter((each) => each.channel === channel);
    const upTo = (bound: number): number =>
      own.filter(({ attempts }) => attempts <= bound).reduce((total, { count }) => total + count, 0);
    const all = upTo(Number.POSITIVE_INFINITY);
    const bucket = (le: number | '+Inf', value: number) => ({
      metricName: `${this.#name}_bucket`,
      exemplar: null,
      labels: { channel, le },
      value,
    });
    const total = own.reduce((sum, { attempts, count }) => sum + attempts * count, 0);
    return [
      ...bounds.map((bound) => bucket(bound, upTo(bound))),
      bucket('+Inf', all),
      { metricName: `${this.#name}_sum`, exemplar: null, labels: { channel }, value: total },
      { metricName: `${this.#name}_count`, exemplar: null, labels: { channel }, value: all },
    ];
  }
}

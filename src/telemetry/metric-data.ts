import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';

/** A metric with its figures, as Prometheus has them: those of one histogram or summary have names of their own. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Partial<Record<string, string | number>>>;
  readonly value: number;
}

/** Of what is counted up: since when, and when it was read. */
interface Times {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

/**
 * The same figures in OpenTelemetry's data model. It has no summary in this SDK: quantiles are a gauge with the attribute
 * `quantile`, and the sum and the count beside them are sums.
 */
export function metricDataOf({ name, help, type, samples }: Family, times: Times): readonly MetricData[] {
  const like = (suffix: string) => samples.filter((sample) => sample.name === `${name}${suffix}`);
  const gauge = { dataPointType: DataPointType.GAUGE } as const;
  const sum = { dataPointType: DataPointType.SUM, isMonotonic: true } as const;
  const about = (suffix = '') => ({
    descriptor: {
      name: `${name}${suffix}`,
      description: help,
      unit: /_seconds(_sum)?$/.test(`${name}${suffix}`) ? 's' : '',
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  });
  const points = (suffix = '') =>
    like(suffix).map(({ labels, value }) => ({ ...times, attributes: attributesOf(labels), value }));
  const dataOf: Readonly<Record<Family['type'], () => readonly MetricData[]>> = {
    counter: () => [{ ...about(), ...sum, dataPoints: points() }],
    gauge: () => [{ ...about(), ...gauge, dataPoints: points() }],
    summary: () => [
      { ...about(), ...gauge, dataPoints: points() },
      { ...about('_sum'), ...sum, dataPoints: points('_sum') },
      { ...about('_count'), ...sum, dataPoints: points('_count') },
    ],
    histogram: () => {
      const dataPoints = histogramsOf(like('_bucket'), like('_sum'), times);
      return [{ ...about(), dataPointType: DataPointType.HISTOGRAM, dataPoints }];
    },
  };
  return dataOf[type]().filter(({ dataPoints }) => dataPoints.length > 0);
}

/** Prometheus' buckets hold those of the ones before; OpenTelemetry's do not. Each series has a sum, which comes with its labels. */
const histogramsOf = (
  buckets: readonly Sample[],
  sums: readonly Sample[],
  times: Times,
): DataPoint<Histogram>[] =>
  sums.map(({ labels, value: sum }) => {
    const own = buckets
      .filter((bucket) => Object.entries(labels).every(([key, value]) => bucket.labels[key] === value))
      .map(({ labels: { le }, value }) => ({
        bound: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le),
        value,
      }))
      .sort((one, other) => one.bound - other.bound);
    const counts = own.map(({ value }, index) => value - (own[index - 1]?.value ?? 0));
    const boundaries = own.map(({ bound }) => bound).filter(Number.isFinite);
    const value = { buckets: { boundaries, counts }, sum, count: own.at(-1)?.value ?? 0 };
    return { ...times, attributes: attributesOf(labels), value };
  });

const attributesOf = (labels: Sample['labels']): Attributes => ({ ...labels });

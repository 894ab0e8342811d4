/** Figures as they have arrived over OTLP, written as Prometheus names them. */
export interface ArrivedMetrics {
  /** `gauge`, `histogram`, or `sum` where it only climbs and is counted from a start. */
  readonly kinds: Readonly<Record<string, string>>;
  /** By name and labels: `notification_deliveries{"channel":"email"}`. */
  readonly values: Readonly<Record<string, number>>;
  readonly starts: ReadonlySet<number>;
  readonly times: ReadonlySet<number>;
  readonly service: unknown;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

interface Point {
  readonly attributes: readonly Attribute[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asDouble: number;
  readonly sum: number;
  readonly count: number;
  readonly explicitBounds: readonly number[];
  readonly bucketCounts: readonly number[];
}

interface Numbers {
  readonly dataPoints: readonly Point[];
  readonly aggregationTemporality?: number;
  readonly isMonotonic?: boolean;
}

interface Metric {
  readonly name: string;
  readonly gauge?: Numbers;
  readonly sum?: Numbers;
  readonly histogram?: Numbers;
}

interface Body {
  readonly resourceMetrics: readonly [
    {
      readonly resource: { readonly attributes: readonly Attribute[] };
      readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
    },
  ];
}

export function arrivedMetrics(body: string): ArrivedMetrics {
  const [{ resource, scopeMetrics }] = (JSON.parse(body) as Body).resourceMetrics;
  const metrics = scopeMetrics.flatMap((scope) => scope.metrics);
  const points = metrics.flatMap((metric) => pointsOf(metric));
  const ms = (nano: string) => Number(BigInt(nano) / 1_000_000n);
  return {
    kinds: Object.fromEntries(metrics.map((metric) => [metric.name, kindOf(metric)])),
    values: Object.fromEntries(metrics.flatMap(linesOf)),
    starts: new Set(points.map(({ startTimeUnixNano }) => ms(startTimeUnixNano))),
    times: new Set(points.map(({ timeUnixNano }) => ms(timeUnixNano))),
    service: labelsOf(resource.attributes)['service.name'],
  };
}

const pointsOf = ({ gauge, sum, histogram }: Metric): readonly Point[] =>
  (gauge ?? sum ?? histogram)?.dataPoints ?? [];

function kindOf({ gauge, sum, histogram }: Metric): string {
  if (gauge !== undefined) return 'gauge';
  const isCumulative = (sum ?? histogram)?.aggregationTemporality === 2;
  if (histogram !== undefined) return isCumulative ? 'histogram' : 'histogram of another kind';
  return isCumulative && sum?.isMonotonic === true ? 'sum' : 'sum of another kind';
}

function linesOf(metric: Metric): [string, number][] {
  const { name, histogram } = metric;
  return pointsOf(metric).flatMap((point): [string, number][] => {
    const labels = labelsOf(point.attributes);
    if (histogram === undefined) return [[key(name, labels), point.asDouble]];
    let before = 0;
    const buckets = point.bucketCounts.map((count, index): [string, number] => {
      before += count;
      return [
        key(`${name}_bucket`, { ...labels, le: String(point.explicitBounds[index] ?? '+Inf') }),
        before,
      ];
    });
    return [...buckets, [key(`${name}_sum`, labels), point.sum], [key(`${name}_count`, labels), point.count]];
  });
}

const labelsOf = (attributes: readonly Attribute[]) =>
  Object.fromEntries(attributes.map(({ key: name, value }) => [name, value.stringValue ?? '']));

const key = (name: string, labels: Readonly<Record<string, string>>) =>
  name + JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))));

/** The same of a text of Prometheus. */
export function prometheusValues(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, said]) => [label, said]);
      return [key(name, Object.fromEntries(pairs)), Number(value)];
    }),
  );
}

/** `# TYPE` of each. */
export const prometheusKinds = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, kind]) => [name, kind]));

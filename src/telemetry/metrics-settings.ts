import { z } from 'zod';
import { InputError } from '../kernel/index.ts';

const longestIntervalMs = 86_400_000;

const interval = `is no whole number of milliseconds from 1 to ${longestIntervalMs}`;

const endpoint = z
  .string()
  .refine((text) => /^https?:/i.test(text) && URL.canParse(text), 'is no address of http or https')
  .optional();

/** By the names of the variables. None of them is quoted: an address may hold a password. */
const variables = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  /** The whole address. */
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: endpoint,
  /** Default `otlp`. `none`: metrics are not sent. */
  OTEL_METRICS_EXPORTER: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['otlp', 'none'], 'is neither otlp nor none'))
    .default('otlp'),
  /** How often they are read and sent, milliseconds. Default 60,000. */
  OTEL_METRIC_EXPORT_INTERVAL: z
    .string()
    .regex(/^\d{1,8}$/, interval)
    .transform(Number)
    .refine((ms) => ms >= 1 && ms <= longestIntervalMs, interval)
    .default(60_000),
});

/**
 * What the environment says of metrics. A variable that is empty is one that is not set.
 * @returns undefined: they are not to be sent.
 * @throws {InputError} it says something of them that cannot be.
 */
export function metricsSettings(env: NodeJS.ProcessEnv): { readonly intervalMs: number } | undefined {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  if (set.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return undefined;
  if ((set.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT ?? set.OTEL_EXPORTER_OTLP_ENDPOINT) === undefined)
    return undefined;
  const { data, error } = variables.safeParse(set);
  if (error !== undefined) {
    const wrong = error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    throw new InputError({
      message: `metrics cannot be sent: ${[...new Set(wrong)].join('; ')}`,
      help: 'See docs/TELEMETRY.md; with OTEL_METRICS_EXPORTER=none they are not sent.',
    });
  }
  if (data.OTEL_METRICS_EXPORTER === 'none') return undefined;
  return { intervalMs: data.OTEL_METRIC_EXPORT_INTERVAL };
}

import { InputError, type Logger, silentLogger } from '../kernel/index.ts';
import { createTelemetry, type Telemetry } from './telemetry.ts';

export interface TelemetryOptions {
  /**
   * A collector of OTLP/HTTP: `http://127.0.0.1:4318`. Left out: `OTEL_EXPORTER_OTLP_ENDPOINT`, or the one of traces alone,
   * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`.
   */
  endpoint?: string;
  /** Default: `OTEL_SERVICE_NAME`, `service.name` in `OTEL_RESOURCE_ATTRIBUTES`, or else `notification-architectures`. */
  serviceName?: string;
  /** How long a collector may take to answer, and how long `close` waits for it. Default 5,000. */
  sendWithinMs?: number;
  /** Told when spans do not arrive. Default: nobody. */
  logger?: Logger;
}

/** Whether the environment says where spans are to be sent. */
export const isTelemetryWanted = (env: NodeJS.ProcessEnv): boolean =>
  env.OTEL_SDK_DISABLED?.toLowerCase() !== 'true' && endpointIn(env) !== undefined;

const endpointIn = (env: NodeJS.ProcessEnv): string | undefined =>
  env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined;

/**
 * Opens the way to a collector. The libraries of OpenTelemetry are loaded here, and nowhere else.
 * @throws {InputError} the address is none of http or https.
 */
export async function openTelemetry(options: TelemetryOptions = {}): Promise<Telemetry> {
  const { endpoint, serviceName, sendWithinMs = 5000, logger = silentLogger } = options;
  const { env } = process;
  const given = endpoint ?? endpointIn(env);
  if (given !== undefined) refuseOtherThanHttp(given);
  const { otlpSink } = await import('./otlp-sink.ts');
  const url = endpoint === undefined ? undefined : `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  return createTelemetry(
    otlpSink({
      sendWithinMs,
      logger,
      ...(serviceName !== undefined && { serviceName }),
      ...(url !== undefined && { url }),
    }),
  );
}

function refuseOtherThanHttp(endpoint: string): void {
  if (/^https?:/i.test(endpoint) && URL.canParse(endpoint)) return;
  throw new InputError({
    message: 'spans cannot be sent: the endpoint is no address of http or https',
    help: 'Give one as in OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318.',
  });
}

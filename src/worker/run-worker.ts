import { serveShop } from '../http/index.ts';
import { createLogger, systemClock } from '../kernel/index.ts';
import { createShop, listenForStop, realProviders, type StopRequest } from '../shop/index.ts';
import { isTelemetryWanted, openMetrics, openTelemetry } from '../telemetry/index.ts';
import { capturedChannels } from './channels.ts';
import type { Configuration } from './configuration.ts';

/** What stops providers and the shop when the time for it is over is for neither of them. */
const shareForProviders = 0.8;

/**
 * Runs one process of a deployment until SIGTERM or Ctrl-C, and then finishes what is in hand, as far as it may take. A
 * second signal ends it at once.
 * @param onServing told where it can be asked, when it is ready.
 * @throws {InputError} the datastore is of no use, or it cannot listen there.
 */
export async function runWorker(
  configuration: Configuration,
  onServing: (url: string) => void,
): Promise<void> {
  const stop = listenForStop();
  const logger = await createLogger(configuration.LOG_LEVEL);
  const metrics = await openMetrics({ logger });
  const telemetry = isTelemetryWanted(process.env) ? await openTelemetry({ logger }) : undefined;
  const providers = realProviders(configuration);
  for (const notice of providers.notices) logger.info({}, notice);
  try {
    await serveUntil(stop, { configuration, logger, telemetry, metrics, providers }, onServing);
  } finally {
    // Whoever was asked to stop has given them the time they had.
    const closed = providers.close();
    if (!stop.signal.aborted) await closed;
    await Promise.all([telemetry?.close(), metrics?.close()]);
    stop.release();
  }
}

interface Parts {
  readonly configuration: Configuration;
  readonly logger: Awaited<ReturnType<typeof createLogger>>;
  readonly telemetry: Awaited<ReturnType<typeof openTelemetry>> | undefined;
  readonly metrics: Awaited<ReturnType<typeof openMetrics>>;
  readonly providers: ReturnType<typeof realProviders>;
}

async function serveUntil(
  { signal }: StopRequest,
  { configuration, logger, telemetry, metrics, providers }: Parts,
  onServing: (url: string) => void,
): Promise<void> {
  const { DATASTORE, WORKER_ROLE: role, ARCHITECTURE: architecture, HTTP_TOKEN: token } = configuration;
  const clock = systemClock();
  const drainMs = configuration.DRAIN_SECONDS * 1000;
  const { UNSUBSCRIBE_SECRET: unsubscribeSecret } = configuration;
  const { channels: real, admin } = providers;
  const captured = capturedChannels(configuration.CAPTURE, real, { clock, unsubscribeSecret });
  const { url, closed } = await serveShop({
    host: configuration.HTTP_HOST,
    port: configuration.HTTP_PORT,
    requestsPerMinute: configuration.REQUESTS_PER_MINUTE,
    mostWaiting: configuration.MAX_BACKLOG,
    offers: role === 'consumer' ? 'health' : 'all',
    ...(token !== undefined && { token }),
    unsubscribeSecrets: unsubscribeSecret === undefined ? [] : [unsubscribeSecret],
    architecture,
    bus: 'durable',
    // What is captured here would be all that one of several processes knows.
    outboxes: {},
    clock,
    logger,
    signal,
    drainMs,
    ...(metrics && { metrics }),
    async open() {
      const shop = await createShop({
        data: DATASTORE,
        part: role === 'api' ? 'stands-by' : 'works',
        leaseMs: configuration.LEASE_SECONDS * 1000,
        stopWithinMs: drainMs * shareForProviders,
        channels: [...real, ...captured],
        architecture,
        bus: 'durable',
        clock,
        logger,
        ...(admin && { admin }),
        ...(telemetry && { telemetry }),
      });
      for (const warning of await shop.datastore.check()) logger.warn({}, warning);
      return shop;
    },
  });
  logger.info({ role, architecture }, 'ready');
  onServing(url);
  signal.addEventListener('abort', () => logger.info({ role }, 'stopping: what is in hand is finished'));
  await closed;
  logger.info({ role }, 'stopped');
}

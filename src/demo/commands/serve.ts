import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { HandOverName } from '../../api-driven/index.ts';
import { shownPlace } from '../../datastore/index.ts';
import {
  captureEmail,
  capturePush,
  captureSms,
  captureUnsubscribeSecret,
  captureWebhook,
} from '../../delivery/index.ts';
import { BreakableProviders, type ShopServer, serveShop } from '../../http/index.ts';
import { createLogger, systemClock } from '../../kernel/index.ts';
import { labGuest } from '../../lab/live/index.ts';
import {
  type ArchitectureName,
  type BusName,
  createShop,
  listenForStop,
  stockSampleShop,
  withRealProviders,
} from '../../shop/index.ts';
import { isTelemetryWanted, openMetrics, openTelemetry } from '../../telemetry/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { comparisonGuest } from '../served/comparison.ts';
import { galleryGuest } from '../served/gallery.ts';
import { measuredAside } from '../served/measured-aside.ts';
import {
  architectureOption,
  busOption,
  dataOption,
  handOverOption,
  portNumber,
  realProvidersHelp,
} from './options.ts';
import { remarkOnHandOver } from './remarks.ts';

const texts: HelpTexts = {
  examples: [
    ['serve', 'the sample shop in memory, and the lab, on http://127.0.0.1:4400'],
    ['serve -- --data shop.db', 'a shop that outlives the process, made if there is none'],
    ['serve -- --port 0 --architecture pipeline', 'on any port that is free'],
    ['serve -- --host 0.0.0.0 --token 0123456789abcdef', 'for other machines too, with a token of your own'],
  ],
  notes: [
    'It runs in real time until Ctrl-C or SIGTERM: then it takes nothing new, answers what is in hand, and closes the shop.',
    'Only this machine can ask, unless --host says otherwise; then every request needs the token, but for /healthz and /readyz. There is no TLS: put something that has it in front. HTTP_TOKEN keeps the token out of the list of processes. `curl http://127.0.0.1:4400/` says what there is, a browser shows pages, first of all the lab where it is the sample shop, and asks for a name and the token where one is demanded; more in docs/HTTP.md.',
    realProvidersHelp,
    'With OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 spans from each command to the provider’s receipt are sent there, over OTLP/HTTP, and each minute the figures of /metrics: see docs/TELEMETRY.md.',
  ],
  exitCodes: '0 stopped; 1 the datastore failed; 2 bad usage or input.',
};

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly requestsPerMinute: number;
  readonly data?: string;
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
  readonly handOver: HandOverName;
}

/** `npm run serve`: the shop over HTTP, in real time. */
export function serveCommand(): Command {
  return withTexts(helpfulCommand('serve'), texts)
    .option('--port <n>', 'where to listen; 0 for any that is free', portNumber, 4400)
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--token <token>', 'demand it of every request; HTTP_TOKEN does the same')
    .option('--requests-per-minute <n>', 'of each client, by its address; more are refused', perMinute, 6000)
    .addOption(
      dataOption(
        'keep the shop in this file, or in a database: postgres://user@host/name; left out, it is the sample shop in memory',
      ),
    )
    .addOption(architectureOption())
    .addOption(busOption().default('durable'))
    .addOption(handOverOption())
    .action(async (flags: Flags, command: Command) => {
      remarkOnHandOver(command, flags);
      await run(flags);
    });
}

async function run({
  port,
  host,
  data,
  architecture,
  bus,
  handOver,
  requestsPerMinute,
  ...flags
}: Flags): Promise<void> {
  const token = flags.token ?? (process.env.HTTP_TOKEN || undefined);
  const logger = await createLogger('warn');
  const metrics = await openMetrics({ logger });
  const telemetry = isTelemetryWanted(process.env) ? await openTelemetry({ logger }) : undefined;
  const stop = listenForStop();
  const clock = systemClock();
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const unsubscribeSecret = process.env.UNSUBSCRIBE_SECRET || undefined;
  const captured = {
    email: captureEmail({ clock, ...(unsubscribeSecret && { unsubscribeSecret }) }),
    sms: captureSms(),
    push: capturePush(),
    webhook: captureWebhook({ clock }),
  };
  try {
    await withRealProviders(stop.signal, async ({ channels: real = [], admin }) => {
      const taken = new Set(real.map(({ name }) => name));
      const kept = Object.values(captured).filter(({ name }) => !taken.has(name));
      // What they refuse is suppressed from then on, which is for nobody's shop but the sample.
      const providers = data === undefined ? new BreakableProviders(kept, clock) : undefined;
      // Anybody could make a link with the one that signs captured mails: it is for this machine alone.
      const isTried = token === undefined && !taken.has('email');
      const secret = unsubscribeSecret ?? (isTried ? captureUnsubscribeSecret : undefined);
      const server = await serveShop({
        host,
        port,
        architecture,
        bus,
        clock,
        logger,
        signal: stop.signal,
        requestsPerMinute,
        ...(metrics && { metrics }),
        ...(token !== undefined && { token }),
        unsubscribeSecrets: secret === undefined ? [] : [secret],
        // Who runs a shop of their own has no use for buttons that kill.
        ...(data === undefined && {
          guests: [
            labGuest({ folder, clock }),
            galleryGuest(),
            comparisonGuest({ clock, measure: measuredAside }),
          ],
        }),
        outboxes: Object.fromEntries(kept.map(({ name, outbox }) => [name, outbox])),
        ...(providers && { providers }),
        async open() {
          const channels = [...real, ...(providers?.channels ?? kept)];
          const shop = await createShop({
            channels,
            architecture,
            bus,
            handOver,
            clock,
            logger,
            ...(data !== undefined && { data }),
            ...(admin && { admin }),
            ...(telemetry && { telemetry }),
          });
          if (data === undefined) await stockSampleShop(shop.datastore);
          return shop;
        },
      });
      announce(server, { data, architecture, isOpen: token !== undefined });
      await server.closed;
    });
  } finally {
    await Promise.all([telemetry?.close(), metrics?.close()]);
    stop.release();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function announce(
  { url }: ShopServer,
  { data, architecture, isOpen }: { data: string | undefined; architecture: string; isOpen: boolean },
): void {
  const where = data === undefined ? 'the sample shop in memory' : shownPlace(data);
  process.stdout.write(`${url}\n`);
  process.stderr.write(`${architecture}, ${where}; Ctrl-C stops it\n`);
  if (isOpen) process.stderr.write('every request needs "Authorization: Bearer TOKEN"\n');
}

function perMinute(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}

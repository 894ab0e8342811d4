import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { createShop, stockSampleShop } from '../../src/shop/index.ts';
import { isTelemetryWanted, openTelemetry } from '../../src/telemetry/index.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { noonMs } from '../support/requests.ts';
import { openCollector } from './collector.ts';
import { during } from './traced-shop.ts';

const clock = () => new VirtualClock(noonMs);

test('a collector that fails disturbs nobody, and is told of once, without its words', async () => {
  const collector = await openCollector((response) =>
    response.writeHead(400).end('your token s3cret is wrong'),
  );
  const logger = recordingLogger();
  const email = captureEmail({ clock: clock() });

  await during(
    { clock: clock(), channels: [email, captureSms()] },
    { endpoint: collector.url, logger },
    async (shop) => {
      await shop.start();
      for (const orderId of ['ord-1001', 'ord-1002']) {
        await shop.services.ordering.shipOrder({ orderId });
        await shop.settle();
        await shop.telemetry?.flush();
      }
    },
  );

  expect(email.outbox.count).toBe(2);
  expect(collector.asked.length).toBeGreaterThan(1);
  expect(logger.lines).toEqual([expect.stringContaining('spans could not be sent, and are lost')]);
  expect(logger.lines.join()).not.toContain('s3cret');
});

test('a collector that never answers holds up no command, and a stop for no longer than was said', async () => {
  const collector = await openCollector(() => {});
  const telemetry = await openTelemetry({ endpoint: collector.url, sendWithinMs: 100 });
  const email = captureEmail({ clock: clock() });
  const shop = await createShop({ clock: clock(), channels: [email], telemetry });
  await stockSampleShop(shop.datastore);
  await shop.start();

  await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  await shop.close();
  await telemetry.close();

  expect(email.outbox.count).toBe(1);
  expect(collector.asked).toHaveLength(1);
}, 2000);

test('spans come to /v1/traces, with the name of the service', async () => {
  const collector = await openCollector();

  await during({ clock: clock(), channels: [captureSms()] }, collector.url, async (shop) => {
    await shop.start();
    await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  });

  expect(collector.asked[0]?.path).toBe('/v1/traces');
  expect(new Set(collector.services())).toEqual(new Set(['the-shop']));
});

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' }, false],
])('with %j it is wanted: %s', (env, wanted) => {
  expect(isTelemetryWanted(env)).toBe(wanted);
});

test('an address that is none is refused, and not quoted: it may hold a password', async () => {
  const refused = openTelemetry({ endpoint: 'ftp://me:pass@collector' });

  await expect(refused).rejects.toMatchObject({ code: 'bad_input' });
  await expect(refused).rejects.not.toThrow(/pass/);
});

const loaded = async (telemetry: string): Promise<number> => {
  const program = `
    const { captureSms, createShop, openTelemetry } = await import('./src/demo/index.ts');
    const telemetry = ${telemetry};
    const shop = await createShop({ channels: [captureSms()], ...telemetry });
    await shop.start();
    await shop.close();
    const { createRequire } = await import('node:module');
    const { cache } = createRequire(process.cwd() + '/x.js');
    console.log(Object.keys(cache).filter((file) => file.includes('@opentelemetry')).length);
    process.exit(0);`;
  const node = ['--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, node);
  return Number(stdout);
};

test('nothing of OpenTelemetry is loaded unless it is opened', async () => {
  expect(await loaded('{}')).toBe(0);
  expect(
    await loaded("{ telemetry: await openTelemetry({ endpoint: 'http://127.0.0.1:9' }) }"),
  ).toBeGreaterThan(50);
}, 60_000);

/** Orders that are placed while a collector listens; nothing is closed yet. */
async function ordering(orders: number, answer: Parameters<typeof openCollector>[0]) {
  const collector = await openCollector(answer);
  const logger = recordingLogger();
  const telemetry = await openTelemetry({ endpoint: collector.url, sendWithinMs: 30_000, logger });
  const shop = await createShop({ clock: clock(), channels: [captureSms()], telemetry });
  await stockSampleShop(shop.datastore);
  await shop.start();
  for (let order = 0; order < orders; order++) {
    const lineItems = [{ lineItemId: `${order}-1`, productId: 'helmet', quantity: 1 }];
    await shop.services.ordering.placeOrder({ orderId: `more-${order}`, customerId: 'ada', lineItems });
  }
  return { collector, logger, telemetry, shop };
}

test('spans that are more than can wait are counted, and told of once', async () => {
  const all = await ordering(20, undefined);
  await all.shop.close();
  await all.telemetry.close();
  expect(all.telemetry.lostSpans()).toEqual({ queueFull: 0, notSent: 0 });
  vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '4');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { collector, logger, telemetry, shop } = await ordering(20, undefined);
  await shop.close();
  await telemetry.flush();

  const { queueFull, notSent } = telemetry.lostSpans();
  expect(queueFull).toBeGreaterThan(20);
  expect(queueFull + collector.spans().length).toBe(all.collector.spans().length);
  expect(notSent).toBe(0);
  await telemetry.close();
  expect(logger.lines).toEqual([expect.stringContaining('more spans come than are sent')]);
});

test('spans that the collector did not take are counted', async () => {
  const { collector, telemetry, shop } = await ordering(2, (response) => response.writeHead(400).end());
  await shop.close();
  await telemetry.close();

  expect(telemetry.lostSpans()).toEqual({ queueFull: 0, notSent: collector.spans().length });
  expect(collector.spans().length).toBeGreaterThan(2);
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { serveShop } from '../../src/http/index.ts';
import { type Clock, silentLogger, VirtualClock } from '../../src/kernel/index.ts';
import { createShop, type Shop, stockSampleShop } from '../../src/shop/index.ts';
import { type Metrics, openMetrics, openTelemetry } from '../../src/telemetry/index.ts';
import { runCli } from '../support/command-line.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { noonMs } from '../support/requests.ts';
import { arrivedMetrics, prometheusKinds, prometheusValues } from './arrived-metrics.ts';
import { openCollector } from './collector.ts';

const unset = Object.fromEntries(
  ['ENDPOINT', 'METRICS_ENDPOINT', 'TRACES_ENDPOINT']
    .map((name) => `OTEL_EXPORTER_OTLP_${name}`)
    .concat('OTEL_METRICS_EXPORTER', 'OTEL_METRIC_EXPORT_INTERVAL', 'OTEL_SDK_DISABLED')
    .map((name) => [name, '']),
);

function withEnvironment(env: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries({ ...unset, ...env })) vi.stubEnv(name, value);
}
afterEach(() => void vi.unstubAllEnvs());

/** A collector, and what sends to it. */
async function sending(
  answer?: Parameters<typeof openCollector>[0],
  { env = {}, ...options }: Parameters<typeof openMetrics>[0] & { env?: Record<string, string> } = {},
) {
  const collector = await openCollector(answer);
  withEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env });
  const logger = recordingLogger();
  const metrics = await openMetrics({ clock: new VirtualClock(noonMs), logger, ...options });
  if (metrics === undefined) throw new Error('metrics are not sent');
  onTestFinished(() => metrics.close());
  const arrived = (index: number) => arrivedMetrics(collector.bodies.at(index) ?? '');
  return { collector, logger, metrics, arrived };
}

/** The sample shop on a port of this machine, at noon of a day that stands still. */
async function serving(metrics: Metrics, { isTraced = false } = {}) {
  const clock = new VirtualClock(noonMs);
  const stop = new AbortController();
  const telemetry = isTraced ? await openTelemetry() : undefined;
  let shop: Shop | undefined;
  const server = await serveShop({
    host: '127.0.0.1',
    port: 0,
    architecture: 'event-sourced',
    bus: 'durable',
    outboxes: {},
    unsubscribeSecrets: [],
    clock,
    logger: silentLogger,
    signal: stop.signal,
    metrics,
    async open() {
      const channels = [captureEmail({ clock }), captureSms()];
      shop = await createShop({ clock, channels, ...(telemetry && { telemetry }) });
      await stockSampleShop(shop.datastore);
      return shop;
    },
  });
  const stopped = async () => {
    stop.abort();
    await server.closed;
    await telemetry?.close();
  };
  onTestFinished(stopped);
  if (shop === undefined) throw new Error('no shop was opened');
  return { shop, stopped, text: async () => (await fetch(`${server.url}/metrics`)).text() };
}

function deferred<T>() {
  let [resolve, reject]: [(value: T) => void, (thrown: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<T>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve: (value: T) => resolve(value), reject: (thrown: Error) => reject(thrown) };
}

/** A figure of nobody's. */
const counted = (value: number) =>
  ({
    name: 'n_total',
    help: 'Some.',
    type: 'counter',
    samples: [{ name: 'n_total', labels: {}, value }],
  }) as const;

test('what is sent has the names, the kinds and the values of /metrics at the same moment', async () => {
  const { metrics, arrived, collector } = await sending(undefined, {
    env: { OTEL_SERVICE_NAME: 'the-shop' },
  });
  const { shop, text } = await serving(metrics, { isTraced: true });
  await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  await shop.settle();
  await shop.telemetry?.flush();

  const served = await text();
  await metrics.flush();

  const { kinds, values, service } = arrived(-1);
  expect(collector.asked.at(-1)?.path).toBe('/v1/metrics');
  expect(service).toBe('the-shop');
  expect(values).toEqual(prometheusValues(served));
  expect(values['notification_deliveries{"channel":"email","reason":"sent","status":"sent"}']).toBe(1);
  const filled = Object.entries(prometheusKinds(served)).filter(([name]) =>
    Object.keys(values).some((key) => key.startsWith(name)),
  );
  const expected = filled.flatMap(([name, kind]) => {
    if (kind === 'summary')
      return [
        [name, 'gauge'],
        [`${name}_sum`, 'sum'],
        [`${name}_count`, 'sum'],
      ];
    return [[name, kind === 'counter' ? 'sum' : kind]];
  });
  expect(kinds).toEqual(Object.fromEntries(expected));
  expect(new Set(Object.values(kinds))).toEqual(new Set(['gauge', 'sum', 'histogram']));
  expect(kinds.notification_spans_lost_total).toBe('sum');
});

test('all is counted from the first reading, whose point has no duration', async () => {
  let nowMs = noonMs + 7;
  const clock: Clock = { now: () => nowMs, schedule: () => () => {} };
  const { metrics, arrived } = await sending(undefined, { clock });
  let count = 40;
  metrics.readFrom(async () => [counted(count)]);

  await metrics.flush();
  nowMs += 60_000;
  count = 42;
  await metrics.flush();

  const [first, second] = [arrived(0), arrived(1)];
  expect([first.values, second.values]).toEqual([{ 'n_total{}': 40 }, { 'n_total{}': 42 }]);
  expect(first).toMatchObject({ starts: new Set([noonMs + 7]), times: new Set([noonMs + 7]) });
  expect(second).toMatchObject({ starts: new Set([noonMs + 7]), times: new Set([noonMs + 60_007]) });
});

test('the last of it is sent at a stop, with what was still in hand', async () => {
  const { metrics, arrived, collector, logger } = await sending();
  const { shop, stopped } = await serving(metrics);
  await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });

  await stopped();
  expect(collector.asked).toHaveLength(0);
  await metrics.close();

  expect(collector.asked).toHaveLength(1);
  expect(arrived(0).values).toMatchObject({
    'notification_deliveries{"channel":"email","reason":"sent","status":"sent"}': 1,
    'notification_backlog_messages{}': 0,
  });
  expect(logger.lines).toEqual([]);
});

test('they are sent at the interval that was said', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { promise: isAsked, resolve: tell } = deferred<void>();
  const env = { OTEL_METRIC_EXPORT_INTERVAL: '7000' };
  const { metrics, collector } = await sending((response) => void response.end('{}', () => tell()), { env });
  let readings = 0;
  metrics.readFrom(async () => [counted(++readings)]);

  vi.advanceTimersByTime(6999);
  expect(readings).toBe(0);
  vi.advanceTimersByTime(1);
  await isAsked;

  expect(readings).toBe(1);
  expect(collector.asked).toHaveLength(1);
});

test('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is the whole address, and enough', async () => {
  const collector = await openCollector();
  withEnvironment({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${collector.url}/of/mine` });
  const metrics = await openMetrics();
  metrics?.readFrom(async () => [counted(1)]);

  await metrics?.close();

  expect(collector.asked.map(({ path }) => path)).toEqual(['/of/mine']);
});

const answers = {
  'is busy': (response) => void response.writeHead(503).end('s3cret'),
  'refuses them': (response) => void response.writeHead(400).end('s3cret'),
  'never answers': () => {},
} satisfies Record<string, Parameters<typeof openCollector>[0]>;

test.each(Object.entries(answers))(
  'a collector that %s is told of once, without its words',
  async (_, answer) => {
    let isBack = false;
    const { metrics, collector, logger } = await sending(
      (response) => (isBack ? void response.end('{}') : answer(response)),
      { sendWithinMs: 100 },
    );
    metrics.readFrom(async () => [counted(1)]);

    await metrics.flush();
    await metrics.flush();
    expect(collector.asked.length).toBeGreaterThan(1);
    expect(logger.lines).toEqual([expect.stringContaining('metrics could not be sent')]);
    isBack = true;
    await metrics.flush();

    expect(logger.lines.slice(1)).toEqual([expect.stringContaining('metrics are sent again')]);
    expect(logger.lines.join()).not.toContain('s3cret');
  },
  3000,
);

test('a stop waits for a collector that never answers no longer than was said', async () => {
  const { metrics, collector } = await sending(() => {}, { sendWithinMs: 100 });
  const { stopped } = await serving(metrics);

  await stopped();
  await metrics.close();

  expect(collector.asked).toHaveLength(1);
}, 3000);

test('what cannot be read is told of once, and nothing is sent; a last reading that failed sends nothing', async () => {
  const { metrics, collector, logger } = await sending();
  metrics.readFrom(async () => {
    throw new RangeError('s3cret');
  });

  await metrics.flush();
  await metrics.readLast();
  await metrics.close();

  expect(collector.asked).toHaveLength(0);
  expect(logger.lines).toEqual([JSON.stringify({ error: 'RangeError', text: 'metrics could not be read' })]);
});

test('a reading that a stop has overtaken is none that failed', async () => {
  const { metrics, arrived, logger } = await sending();
  const { promise, reject } = deferred<never>();
  const { promise: isAsked, resolve: tell } = deferred<void>();
  metrics.readFrom(() => {
    tell();
    return promise;
  });
  const overtaken = metrics.flush();
  await isAsked;
  metrics.readFrom(async () => [counted(5)]);

  await metrics.readLast();
  reject(new Error('is closed'));
  await overtaken;

  expect(arrived(0).values).toEqual({ 'n_total{}': 5 });
  expect(logger.lines).toEqual([]);
});

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

test.each([
  [{}],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9' }],
  [{ ...endpoint, OTEL_METRICS_EXPORTER: 'none' }],
  [{ ...endpoint, OTEL_METRICS_EXPORTER: 'None', OTEL_METRIC_EXPORT_INTERVAL: '5' }],
  [{ ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }],
  [{ OTEL_METRIC_EXPORT_INTERVAL: 'ignored where nothing is sent' }],
])('with %j no metrics are sent', async (env) => {
  withEnvironment(env);

  expect(await openMetrics()).toBeUndefined();
});

test.each([
  [
    { ...endpoint, OTEL_METRIC_EXPORT_INTERVAL: '1m' },
    'OTEL_METRIC_EXPORT_INTERVAL is no whole number of milliseconds from 1 to 86400000',
  ],
  [
    { ...endpoint, OTEL_METRIC_EXPORT_INTERVAL: '0' },
    'OTEL_METRIC_EXPORT_INTERVAL is no whole number of milliseconds from 1 to 86400000',
  ],
  [{ ...endpoint, OTEL_METRICS_EXPORTER: 'prometheus' }, 'OTEL_METRICS_EXPORTER is neither otlp nor none'],
  [
    { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'ftp://me:s3cret@x' },
    'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is no address of http or https',
  ],
])('with %j it says so in one line, and ends with 2', async (env, wrong) => {
  withEnvironment(env);

  const { code, stdout, stderr } = await runCli('serve', '--port', '0');

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    `serve: metrics cannot be sent: ${wrong}. See docs/TELEMETRY.md; with OTEL_METRICS_EXPORTER=none they are not sent.\n`,
  );
});

/** How many files of OpenTelemetry a process has that opens metrics. */
async function loaded(env: Readonly<Record<string, string>>): Promise<number> {
  const program = `
    const { openMetrics } = await import('./src/telemetry/index.ts');
    await openMetrics();
    const { createRequire } = await import('node:module');
    const { cache } = createRequire(process.cwd() + '/x.js');
    console.log(Object.keys(cache).filter((file) => file.includes('@opentelemetry')).length);
    process.exit(0);`;
  const node = ['--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, node, { env: { ...process.env, ...env } });
  return Number(stdout);
}

test('where they are not sent, nothing of OpenTelemetry is loaded', async () => {
  expect(await loaded({ ...endpoint, OTEL_METRICS_EXPORTER: 'none' })).toBe(0);
  expect(await loaded(endpoint)).toBeGreaterThan(50);
}, 60_000);

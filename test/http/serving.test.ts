import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import { captureEmail } from '../../src/delivery/index.ts';
import type { AppOptions } from '../../src/http/guarded-app.ts';
import { serveShop } from '../../src/http/index.ts';
import { silentLogger, systemClock } from '../../src/kernel/index.ts';
import { createShop, type Shop } from '../../src/shop/index.ts';
import { runCli } from '../support/command-line.ts';
import { rejectionOf } from '../support/rejection.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const stop of stops.splice(0)) await stop();
});

async function serve(change: (shop: Shop) => Shop = (shop) => shop, options: AppOptions = {}) {
  const clock = systemClock();
  const stop = new AbortController();
  let isShopClosed = false;
  const server = await serveShop({
    ...options,
    host: '127.0.0.1',
    port: 0,
    architecture: 'event-sourced',
    bus: 'durable',
    outboxes: {},
    unsubscribeSecrets: [],
    clock,
    logger: silentLogger,
    signal: stop.signal,
    async open() {
      const shop = change(await createShop({ channels: [captureEmail({ clock })] }));
      return {
        ...shop,
        async close() {
          isShopClosed = true;
          await shop.close();
        },
      };
    },
  });
  stops.push(async () => {
    stop.abort();
    await server.closed;
  });
  return { ...server, port: Number(new URL(server.url).port), stop, isShopClosed: () => isShopClosed };
}

it('answers over a socket', async () => {
  const { url } = await serve();

  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
});

it('answers what is in hand when it is to stop, takes nothing new, and closes the shop behind it', async () => {
  let answer = (): void => {};
  let tellAsked = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    tellAsked = resolve;
  });
  const { url, stop, closed, isShopClosed } = await serve((shop) => ({
    ...shop,
    datastore: {
      ...shop.datastore,
      statistics: {
        ...shop.datastore.statistics,
        async deliveries() {
          tellAsked();
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
          return shop.datastore.statistics.deliveries();
        },
      },
    },
  }));
  const asked = fetch(`${url}/metrics`);
  await isAsked;

  stop.abort();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(isShopClosed()).toBe(false);
  answer();

  expect((await asked).status).toBe(200);
  await closed;
  expect(isShopClosed()).toBe(true);
});

it('tells who reads the stream of events that it stops, and waits neither for them nor for their connection', {
  // A connection that the reader keeps would end after five seconds by itself.
  timeout: 4500,
}, async () => {
  const { url, stop, closed, isShopClosed } = await serve();
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: 60_000 });
  const response = await new Promise<IncomingMessage>((resolve) =>
    get(`${url}/v1/events`, { agent, headers: { accept: 'text/event-stream' } }, resolve),
  );
  const told = text(response);

  stop.abort();
  await closed;

  expect(await told).toContain('event: stop\n');
  expect(isShopClosed()).toBe(true);
  agent.destroy();
});

it('counts what a client asks by its address', async () => {
  const { url } = await serve((shop) => shop, { requestsPerMinute: 6 });

  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  expect((await fetch(`${url}/metrics`)).status).toBe(429);
});

it('refuses a body that says it is too long before it has come', async () => {
  const { port } = await serve();
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n');
  const [head] = await once(socket, 'data');
  socket.destroy();

  expect(String(head)).toMatch(/^HTTP\/1\.1 413 /);
});

it.each(['0.0.0.0', '::', '192.168.0.7', 'shop.example'])(
  'does not open the door to %s without a token',
  async (host) => {
    expect(await runCli('serve', '--host', host)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('can be reached from other machines, and there is no token'),
    });
  },
);

it('takes no token that could be guessed', async () => {
  vi.stubEnv('HTTP_TOKEN', 'secret');

  const { code, stderr } = await runCli('serve', '--host', '0.0.0.0');

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('the token has 6 characters'),
  });
  expect(stderr).not.toContain('secret');
});

it('says of a port that it is in use, and opens no shop', async () => {
  const { port } = await serve();

  const { code, stderr } = await runCli('serve', '--port', String(port));

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `serve: cannot listen on "127.0.0.1", port ${port}: it is in use. Give another with --port, or --port 0 for any that is free.\n`,
  });
});

it('leaves the port when the shop cannot be opened', async () => {
  const { port, stop, closed } = await serve();
  stop.abort();
  await closed;
  const broken = () =>
    serveShop({
      host: '127.0.0.1',
      port,
      architecture: 'event-sourced',
      bus: 'durable',
      outboxes: {},
      unsubscribeSecrets: [],
      clock: systemClock(),
      logger: silentLogger,
      signal: new AbortController().signal,
      open: () => Promise.reject(new Error('no shop')),
    });

  expect(await rejectionOf(broken)).toMatchObject({ message: 'no shop' });
  expect(await rejectionOf(broken)).toMatchObject({ message: 'no shop' });
});

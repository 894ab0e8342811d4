import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { captureEmail } from '../../src/delivery/index.ts';
import { serveShop } from '../../src/http/index.ts';
import { silentLogger, systemClock } from '../../src/kernel/index.ts';
import { createShop, stockSampleShop } from '../../src/shop/index.ts';
import type { Measured } from '../measure.ts';

const connections = 16;
const path = '/v1/products/helmet/price';
const bodyOf = (index: number): string =>
  JSON.stringify({ price: { amount: 1000 + (index % 500), currency: 'USD' } });

/** A command of the API over sockets, on a shop in memory. */
export async function http(requests: number): Promise<Measured> {
  const clock = systemClock();
  const stop = new AbortController();
  const { url, closed } = await serveShop({
    host: '127.0.0.1',
    port: 0,
    architecture: 'event-sourced',
    bus: 'durable',
    outboxes: {},
    unsubscribeSecrets: [],
    clock,
    logger: silentLogger,
    requestsPerMinute: 1e9,
    signal: stop.signal,
    async open() {
      const shop = await createShop({ channels: [captureEmail({ clock })], clock });
      await stockSampleShop(shop.datastore);
      return shop;
    },
  });
  const measured = await load(url, requests);
  stop.abort();
  await closed;
  return measured;
}

/** The same requests to a route that reads them, answers as much, and does nothing. */
export async function bareHono(requests: number): Promise<Measured> {
  const app = new Hono();
  app.post(path, async ({ req }) => {
    const data = { productId: 'helmet', ...(await req.json()) };
    return Response.json({ service: 'pricing', command: 'updatePrice', data });
  });
  const server = createAdaptorServer({ fetch: app.fetch, createServer });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const measured = await load(`http://127.0.0.1:${port}`, requests);
  server.close();
  return measured;
}

/** The first tenth is not counted: it compiles. */
async function load(url: string, requests: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const waits: number[] = [];
  const warmUp = Math.floor(requests / 10);
  let [next, startedMs] = [0, performance.now()];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < requests) {
        if (next === warmUp) startedMs = performance.now();
        const index = next++;
        const sinceMs = performance.now();
        await post(agent, url, bodyOf(index));
        if (index >= warmUp) waits.push(performance.now() - sinceMs);
      }
    }),
  );
  const tookMs = performance.now() - startedMs;
  agent.destroy();
  waits.sort((one, other) => one - other);
  const percentile = (share: number): number => waits[Math.ceil(waits.length * share) - 1] ?? Number.NaN;
  return { deliveries: waits.length, tookMs, latencyMs: { p50: percentile(0.5), p99: percentile(0.99) } };
}

async function post(agent: Agent, url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const asked = request(`${url}${path}`, { method: 'POST', agent, headers });
  asked.end(body);
  const [response] = await once(asked, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`answered with ${response.statusCode}`);
}

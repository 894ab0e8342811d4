import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { steadyClock } from '../kernel/index.ts';
import type { Slot } from '../operations/status/index.ts';
import { BackPressure } from './back-pressure.ts';
import { EventStreams } from './event-streams.ts';
import { type AppOptions, guardedApp, refuse } from './guarded-app.ts';
import { health } from './health.ts';
import { Held } from './held.ts';
import { KeyedRequests } from './keyed-requests.ts';
import type { Answer, Operation } from './operation.ts';
import { operations } from './operations.ts';
import { addPages } from './pages/pages.ts';
import { readRequest } from './read-request.ts';
import type { Served } from './served.ts';

/** The API as a function from a request to its answer, with no server around it. */
export function createApp(served: Served, options: AppOptions = {}): Hono {
  const app = guardedApp(served, options, isPublic);
  const isWhole = served.offers !== 'health';
  if (isWhole) addPages(app, served);
  const { clock, stopping, shop } = served;
  const streams = new EventStreams({ clock, stopping, datastore: shop.datastore });
  const serving = { ...served, streams, overTime: new Held<readonly Slot[]>(steadyClock(clock)) };
  const keyed = new KeyedRequests({ clock, store: shop.datastore.idempotency });
  const pressure = new BackPressure(served);
  for (const operation of isWhole ? operations : health) {
    app.on(operation.method.toUpperCase(), [routeOf(operation)], async ({ req, env }) => {
      const asked = await readRequest(operation, req, () =>
        (env as Partial<HttpBindings> | undefined)?.outgoing?.destroy(),
      );
      const handle = async () => toResponse(await operation.handle(asked, serving));
      const asking = { method: req.method, route: operation.path, traceparent: req.header('traceparent') };
      const answer = () => shop.telemetry?.underHttp(asking, handle) ?? handle();
      if (operation.method !== 'post') return answer();
      if (operation.makesWork) await pressure.refuseWhatIsTooMuch();
      return keyed.answer(operation, req, () => answer().catch((thrown) => refuse(thrown, served.logger)));
    });
  }
  return app;
}

/** `/v1/orders/{orderId}` as Hono writes it. */
const routeOf = ({ path }: Operation): string => path.replace(/\{(\w+)\}/g, ':$1');

const publicPaths = new Set(operations.filter((each) => each.isPublic).map(({ path }) => path));
const isPublic = (path: string): boolean => publicPaths.has(path);

function toResponse(answer: Answer | Response): Response {
  if (answer instanceof Response) return answer;
  const { status, body, mediaType, headers = {} } = answer;
  if (body === undefined) return new Response(null, { status, headers });
  const text = mediaType === undefined ? JSON.stringify(body) : String(body);
  return new Response(text, {
    status,
    headers: { 'content-type': mediaType ?? 'application/json', ...headers },
  });
}

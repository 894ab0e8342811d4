import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { defectOf } from '../kernel/index.ts';
import { EventStreams } from './event-streams.ts';
import { type GuardOptions, guard } from './guard.ts';
import { KeyedRequests } from './keyed-requests.ts';
import type { Answer, Operation } from './operation.ts';
import { operations } from './operations.ts';
import { addPages } from './pages/pages.ts';
import { HttpError, problemOf, problemResponse } from './problem.ts';
import { readRequest } from './read-request.ts';
import { type RequestLimitOptions, requestLimit } from './request-limit.ts';
import type { Served } from './served.ts';

/** Of a request. What is longer is refused before it is read. */
const maxBodyBytes = 2 ** 20;

/** Of answers that have none of their own. What is answered is data: a browser is to run and to frame none of it. */
const usualHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Whoever has TLS says so itself. */
const secure = { strictTransportSecurity: false, referrerPolicy: false };

export type AppOptions = GuardOptions & Pick<RequestLimitOptions, 'requestsPerMinute'>;

/** The API as a function from a request to its answer, with no server around it. */
export function createApp(served: Served, options: AppOptions = {}): Hono {
  const app = new Hono();
  app.onError((thrown) => refuse(thrown, served));
  app.notFound(({ req }) => problemResponse(notFound(req.path)));
  app.use(
    secureHeaders(secure),
    async (context, next) => {
      await next();
      for (const [name, value] of Object.entries(usualHeaders))
        if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    },
    methodNotAllowed({ app, onMethodNotAllowed: (_, methods) => problemResponse(notAllowed(methods)) }),
    requestLimit({ ...options, clock: served.clock }, isPublic),
    guard(options, isPublic),
    bodyLimit({ maxSize: maxBodyBytes, onError: () => problemResponse(tooLarge()) }),
  );
  addPages(app, served);
  const { clock, stopping, shop } = served;
  const streams = new EventStreams({ clock, stopping, datastore: shop.datastore });
  const serving = { ...served, streams };
  const keyed = new KeyedRequests({ clock, store: shop.datastore.idempotency });
  for (const operation of operations) {
    app.on(operation.method.toUpperCase(), [routeOf(operation)], async ({ req, env }) => {
      const asked = await readRequest(operation, req, () =>
        (env as Partial<HttpBindings> | undefined)?.outgoing?.destroy(),
      );
      const answer = async () => toResponse(await operation.handle(asked, serving));
      if (operation.method !== 'post') return answer();
      return keyed.answer(operation, req, () => answer().catch((thrown) => refuse(thrown, served)));
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

function refuse(thrown: unknown, { logger }: Served): Response {
  const { problem, isUnforeseen } = problemOf(thrown);
  if (isUnforeseen) {
    // No message of it: it may quote what somebody sent.
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    logger.error({ error: name, at: defectOf(thrown)?.at }, 'a request could not be answered');
  }
  return problemResponse(thrown, problem);
}

const notFound = (path: string): HttpError =>
  new HttpError(404, 'not_found', {
    message: `there is nothing at ${JSON.stringify(path.slice(0, 100))}`,
    help: 'GET / says what there is.',
  });

const notAllowed = (methods: readonly string[]): HttpError =>
  new HttpError(405, 'method_not_allowed', {
    message: 'this method is not for this path',
    help: `Use ${methods.join(' or ')}.`,
    headers: { allow: methods.join(', ') },
  });

const tooLarge = (): HttpError =>
  new HttpError(413, 'body_too_large', {
    message: `the body is longer than ${maxBodyBytes} bytes`,
    help: 'Send less at a time.',
  });

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { type Clock, defectOf, type Logger } from '../kernel/index.ts';
import { type GuardOptions, guard } from './guard.ts';
import { HttpError, problemOf, problemResponse } from './problem.ts';
import { type RequestLimitOptions, requestLimit } from './request-limit.ts';

/** Of a request. What is longer is refused before it is read. */
const maxBodyBytes = 2 ** 20;

/** Of answers that have none of their own. What is answered is data: a browser is to run and to frame none of it. */
const usualHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Whoever has TLS says so itself. Asked for a cluster of its own, a browser complains on each page that a mail's frame was there before. */
const secure = { strictTransportSecurity: false, referrerPolicy: false, originAgentCluster: false };

export type AppOptions = GuardOptions & Pick<RequestLimitOptions, 'requestsPerMinute'>;

/** An app without routes: who may ask it, how much and how often, what its answers say of themselves, and its refusals. */
export function guardedApp(
  { clock, logger }: { clock: Clock; logger: Logger },
  options: AppOptions,
  isPublic: (path: string) => boolean,
): Hono {
  const app = new Hono();
  app.onError((thrown) => refuse(thrown, logger));
  app.notFound(({ req }) => problemResponse(notFound(req.path)));
  app.use(
    secureHeaders(secure),
    async (context, next) => {
      await next();
      for (const [name, value] of Object.entries(usualHeaders))
        if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    },
    methodNotAllowed({ app, onMethodNotAllowed: (_, methods) => problemResponse(notAllowed(methods)) }),
    requestLimit({ ...options, clock }, isPublic),
    guard(options, isPublic),
    bodyLimit({ maxSize: maxBodyBytes, onError: () => problemResponse(tooLarge()) }),
  );
  return app;
}

/** What was thrown, as whoever has asked is told of it. */
export function refuse(thrown: unknown, logger: Logger): Response {
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

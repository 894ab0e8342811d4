import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { HttpError } from './problem.ts';

export interface GuardOptions {
  /** Demanded as `Authorization: Bearer …`, or as the password of `Basic`. Left out: nobody but this machine can ask. */
  readonly token?: string;
}

/**
 * Who is let in. Without a token only names of this machine are answered, else a page from anywhere could let its own
 * name point here and ask (DNS rebinding). A browser says for which page it asks, and only our own pages may.
 */
export function guard({ token }: GuardOptions, isPublic: (path: string) => boolean): MiddlewareHandler {
  return async ({ req }, next) => {
    const host = req.header('host') ?? new URL(req.url).host;
    if (token === undefined && !isLoopback(hostnameOf(host))) throw refusedHost();
    const origin = req.header('origin');
    if (origin !== undefined && !isOf(host, origin)) throw refusedOrigin();
    if (token !== undefined && !isPublic(req.path) && !isSame(token, req.header('authorization'))) {
      throw unauthorized();
    }
    await next();
  };
}

/** Whether nobody but this machine can reach a server on this address, or goes by this name. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** Without the port and the brackets of IPv6. */
const hostnameOf = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

function isOf(host: string, origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** By their digests, whose lengths tell nothing, in a time that tells nothing. */
const isSame = (token: string, authorization = ''): boolean =>
  timingSafeEqual(digest(tokenOf(authorization)), digest(token));

/** Of `Basic` it is the password, under any name: so a browser can ask a person for it. */
function tokenOf(authorization: string): string {
  const [, scheme = '', given = ''] = /^(Bearer|Basic) +(.+)$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'basic') return given;
  return Buffer.from(given, 'base64')
    .toString()
    .replace(/^[^:]*:?/, '');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const refusedHost = (): HttpError =>
  new HttpError(403, 'host_refused', {
    message: 'the Host of the request is no name of this machine',
    help: 'Ask localhost or 127.0.0.1; to be reached by another name, serve with a token.',
  });

const refusedOrigin = (): HttpError =>
  new HttpError(403, 'origin_refused', {
    message: 'the Origin of the request is another site',
    help: 'Pages of other sites are not answered.',
  });

const unauthorized = (): HttpError =>
  new HttpError(401, 'unauthorized', {
    message: 'the request has no token, or another one',
    help: 'Send "Authorization: Bearer TOKEN" with the token of `npm run serve -- --token TOKEN`.',
    headers: { 'www-authenticate': 'Bearer realm="shop", Basic realm="shop", charset="UTF-8"' },
  });

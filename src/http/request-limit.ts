import type { HttpBindings } from '@hono/node-server';
import { millisecondsInMinute, millisecondsInSecond } from 'date-fns/constants';
import type { MiddlewareHandler } from 'hono';
import { type Clock, RecentMap, steadyClock } from '../kernel/index.ts';
import { HttpError } from './problem.ts';

export interface RequestLimitOptions {
  readonly clock: Clock;
  /** Of one client, by its address. Default 6,000. */
  readonly requestsPerMinute?: number;
}

/** So many clients are told apart; of more, who came first is forgotten first. */
const mostClients = 10_000;
/** A client may ask at once for what it may ask in so long. */
const burstMs = 10 * millisecondsInSecond;

/**
 * Refuses whoever asks too often, before anything else is looked at: who guesses at the token too. What is asked evenly
 * is let through at the full rate (GCRA); `isFree` is never counted.
 */
export function requestLimit(
  { clock: wall, requestsPerMinute = 6000 }: RequestLimitOptions,
  isFree: (path: string) => boolean,
): MiddlewareHandler {
  const clock = steadyClock(wall);
  const gapMs = millisecondsInMinute / requestsPerMinute;
  /** Address → when all that it has asked for would have come, had it come evenly. */
  const evenMs = new RecentMap<number>(mostClients);
  return async ({ req, env }, next) => {
    if (!isFree(req.path)) {
      const address = (env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '';
      const nowMs = clock.now();
      const thisMs = Math.max(nowMs, evenMs.get(address) ?? 0) + gapMs;
      const excessMs = thisMs - nowMs - burstMs;
      evenMs.set(address, excessMs > 0 ? thisMs - gapMs : thisMs);
      if (excessMs > 0) throw tooOften(Math.ceil(excessMs / millisecondsInSecond));
    }
    await next();
  };
}

const tooOften = (retryAfterSeconds: number): HttpError =>
  new HttpError(429, 'too_many_requests', {
    message: 'this client asks too often',
    help: `Ask again in ${retryAfterSeconds} s, and less often from then on.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  });

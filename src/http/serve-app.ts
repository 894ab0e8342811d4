import type { Hono } from 'hono';
import type { Clock, Logger } from '../kernel/index.ts';
import { type AppOptions, guardedApp } from './guarded-app.ts';
import { listen, refuseOpenDoor } from './server.ts';

/** What routes are added to. */
export type ServedApp = Pick<Hono, 'get' | 'post'>;

export interface ServeAppOptions extends AppOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted: nothing new is taken, and what is still open, streams too, is cut off. */
  readonly signal: AbortSignal;
  /** Adds the routes. */
  addRoutes(app: ServedApp): void;
}

/**
 * Serves an app of somebody else's as safely as the shop's own.
 * @returns where it is to be asked, and when all is closed after a stop.
 * @throws {InputError} it cannot listen there, or others could reach it without a token.
 */
export async function serveApp({
  host,
  port,
  clock,
  logger,
  signal,
  addRoutes,
  ...options
}: ServeAppOptions): Promise<{ readonly url: string; readonly closed: Promise<void> }> {
  refuseOpenDoor({ host, ...(options.token !== undefined && { token: options.token }) });
  const app = guardedApp({ clock, logger }, options, () => false);
  addRoutes(app);
  const listening = await listen({ host, port, answer: (request, env) => app.fetch(request, env) });
  const closed = new Promise<void>((resolve) => {
    const close = (): void => {
      const all = listening.close();
      listening.cutOff();
      resolve(all);
    };
    if (signal.aborted) close();
    else signal.addEventListener('abort', close, { once: true });
  });
  return { url: listening.url, closed };
}

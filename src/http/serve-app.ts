import type { Clock, Logger } from '../kernel/index.ts';
import { limitAfterStop } from '../shop/index.ts';
import { aborted, closeListening } from './closing.ts';
import { type AppOptions, guardedApp } from './guarded-app.ts';
import type { Guest, ServedApp } from './guest.ts';
import { listen, refuseOpenDoor } from './server.ts';

export interface ServeAppOptions extends AppOptions, Pick<Guest, 'close'> {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted: nothing new is taken, what is in hand is answered, and what is open after a while is cut off. */
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
  close,
  ...options
}: ServeAppOptions): Promise<{ readonly url: string; readonly closed: Promise<void> }> {
  refuseOpenDoor({ host, ...(options.token !== undefined && { token: options.token }) });
  const app = guardedApp({ clock, logger }, options, () => false);
  addRoutes(app);
  const listening = await listen({ host, port, answer: (request, env) => app.fetch(request, env) });
  const closed = aborted(signal).then(() =>
    Promise.all([closeListening(listening, limitAfterStop(signal)), close()]),
  );
  return { url: listening.url, closed: closed.then(() => {}) };
}

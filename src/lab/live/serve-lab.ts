import { serveApp } from '../../http/index.ts';
import type { Logger } from '../../kernel/index.ts';
import { type LabOptions, labGuest } from './lab-guest.ts';

export interface ServeLabOptions extends LabOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly token?: string;
  readonly logger: Logger;
  /** Aborted: the server closes, and the processes end. */
  readonly signal: AbortSignal;
}

/**
 * Starts the four processes, and serves the page on which they are broken by hand.
 * @throws {InputError} it cannot listen there, or others could reach it without a token.
 */
export async function serveLab({ folder, seed, ...options }: ServeLabOptions): Promise<{
  readonly url: string;
  readonly closed: Promise<void>;
}> {
  const lab = labGuest({ folder, clock: options.clock, ...(seed !== undefined && { seed }) });
  const { url, closed } = await serveApp({
    ...options,
    addRoutes(app) {
      app.get('/', ({ req, redirect }) => redirect(`/lab${new URL(req.url).search}`));
      lab.addRoutes(app, { places: [] });
    },
    close: () => lab.close(),
  });
  try {
    await lab.start();
  } catch (thrown) {
    await lab.close();
    throw thrown;
  }
  return { url, closed };
}

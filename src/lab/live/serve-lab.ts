import { serveApp } from '../../http/index.ts';
import type { Clock, Logger } from '../../kernel/index.ts';
import { Changes } from './changes.ts';
import { LiveLab } from './live-lab.ts';
import { Playing } from './playing.ts';
import { addLabRoutes } from './routes.ts';

export interface ServeLabOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly token?: string;
  /** For the datastores of the columns; the caller's, who removes it when all is closed. */
  readonly folder: string;
  readonly seed?: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted: the server closes, and the processes end. */
  readonly signal: AbortSignal;
}

/**
 * Starts the four processes, and serves the page on which they are broken by hand.
 * @throws {InputError} it cannot listen there, or others could reach it without a token.
 */
export async function serveLab({ folder, seed, clock, ...options }: ServeLabOptions): Promise<{
  readonly url: string;
  readonly closed: Promise<void>;
}> {
  const changes = new Changes(clock);
  const lab = new LiveLab({ folder, ...(seed !== undefined && { seed }), onChange: changes.tell });
  const playing = new Playing(lab, clock, changes.tell);
  const { url, closed } = await serveApp({
    ...options,
    clock,
    addRoutes: (app) => addLabRoutes(app, { lab, playing, changes }),
  });
  const end = async (): Promise<void> => {
    playing.play(0);
    await lab.close();
  };
  try {
    await lab.start();
  } catch (thrown) {
    await end();
    throw thrown;
  }
  return { url, closed: closed.then(end) };
}

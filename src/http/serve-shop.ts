import { toFamilies } from '../operations/status/index.ts';
import { limitAfterStop, type Shop } from '../shop/index.ts';
import type { Metrics } from '../telemetry/index.ts';
import { createApp } from './app.ts';
import { aborted, closeListening } from './closing.ts';
import { figuresOf } from './figures.ts';
import type { AppOptions } from './guarded-app.ts';
import type { Guest } from './guest.ts';
import { HttpError, problemResponse } from './problem.ts';
import type { Served } from './served.ts';
import { type Listening, type ListenOptions, listen, refuseOpenDoor } from './server.ts';

export interface ServeOptions extends AppOptions, Omit<Served, 'shop' | 'stopping'> {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Opens the shop, when it is sure that it can be served; it is started and closed here. */
  open(): Promise<Shop>;
  /** How long all that is in hand at a stop may take, milliseconds. Default 15,000. */
  readonly drainMs?: number;
  /** Where the figures of `/metrics` go too. The caller's, who closes it behind the shop. Left out: nowhere. */
  readonly metrics?: Metrics;
  /** Each is closed with the shop. */
  readonly guests?: readonly Guest[];
  /** Aborted: nothing new is taken, what is in hand is answered, then the shop is closed. */
  readonly signal: AbortSignal;
}

export interface ShopServer extends Pick<Listening, 'url'> {
  /** Resolves when all is closed after a stop. */
  readonly closed: Promise<void>;
}

/**
 * Serves a shop until `signal` is aborted.
 * @throws {InputError} it cannot listen there, or others could reach it without a token.
 */
export async function serveShop({
  host,
  port,
  open,
  signal,
  metrics,
  ...options
}: ServeOptions): Promise<ShopServer> {
  refuseOpenDoor({ host, ...(options.token !== undefined && { token: options.token }) });
  let answer: ListenOptions['answer'] = () => problemResponse(starting());
  const listening = await listen({ host, port, answer: (...asked) => answer(...asked) });
  try {
    const shop = await open();
    await shop.start();
    metrics?.readFrom(async () => toFamilies(...(await figuresOf({ shop, clock: options.clock }))));
    const app = createApp({ ...options, shop, stopping: signal }, options);
    answer = (request, env) => app.fetch(request, env);
    return {
      url: listening.url,
      closed: aborted(signal).then(() => close(listening, shop, { ...options, metrics, signal })),
    };
  } catch (thrown) {
    await listening.close();
    throw thrown;
  }
}

type Closing = Pick<ServeOptions, 'signal' | 'guests' | 'drainMs'> & {
  readonly metrics: Metrics | undefined;
};

async function close(
  listening: Listening,
  shop: Shop,
  { signal, guests = [], drainMs, metrics }: Closing,
): Promise<void> {
  // One after the other, and not so long each.
  const inTime = limitAfterStop(signal, drainMs === undefined ? {} : { withinMs: drainMs });
  try {
    await Promise.all([closeListening(listening, inTime), ...guests.map((guest) => guest.close())]);
  } finally {
    await inTime(shop.close(async () => metrics?.readLast()));
  }
}

const starting = (): HttpError =>
  new HttpError(503, 'starting', { message: 'the shop is being opened', help: 'Ask again in a moment.' });

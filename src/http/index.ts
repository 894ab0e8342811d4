/**
 * The shop over HTTP. It only translates: what is done is done in the rooms below.
 *
 * @example
 * ```ts
 * import { captureEmail } from './src/delivery/index.ts';
 * import { serveShop } from './src/http/index.ts';
 * import { silentLogger, systemClock } from './src/kernel/index.ts';
 * import { createShop } from './src/shop/index.ts';
 *
 * const clock = systemClock();
 * const stop = new AbortController();
 * const { url, closed } = await serveShop({
 *   host: '127.0.0.1',
 *   port: 0,
 *   architecture: 'event-sourced',
 *   bus: 'durable',
 *   outboxes: {},
 *   unsubscribeSecrets: [],
 *   clock,
 *   logger: silentLogger,
 *   signal: stop.signal,
 *   open: () => createShop({ channels: [captureEmail({ clock })] }),
 * });
 * console.log(await (await fetch(`${url}/healthz`)).json());
 * stop.abort();
 * await closed;
 * ```
 */

export { BreakableProviders } from './breakable-providers.ts';
export type { Guest, Place, ServedApp, Surroundings } from './guest.ts';
export { framedResponse, pageResponse } from './html-response.ts';
export type { Page } from './pages/page.ts';
export { liveControls } from './pages/parts.ts';
export { serveApp } from './serve-app.ts';
export { type ShopServer, serveShop } from './serve-shop.ts';

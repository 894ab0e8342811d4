import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import {
  ChannelError,
  captureEmail,
  captureSms,
  captureUnsubscribeSecret,
} from '../../src/delivery/index.ts';
import { comparisonGuest } from '../../src/demo/served/comparison.ts';
import { galleryGuest } from '../../src/demo/served/gallery.ts';
import { BreakableProviders, serveShop } from '../../src/http/index.ts';
import { silentLogger, systemClock } from '../../src/kernel/index.ts';
import { createShop, stockSampleShop } from '../../src/shop/index.ts';

export interface ControlRoomOptions extends BrowserContextOptions {
  /** In place of the comparison, which takes long. */
  readonly measure?: () => Promise<string>;
}

interface ControlRoom {
  readonly page: Page;
  readonly url: string;
  /** What went to the console, and what was thrown. */
  readonly complaints: readonly string[];
  /** Asks the API, as another client would. */
  post(path: string, body: unknown): Promise<void>;
  /** Whether the provider of mail takes anything. */
  readonly provider: { isDown: boolean };
}

/** The sample shop on a port of its own, and a browser at its dashboard; both are closed when the test is over. */
export async function openControlRoom(
  browser: Browser,
  { measure = async () => '<!doctype html><title>Measured</title>', ...options }: ControlRoomOptions = {},
): Promise<ControlRoom> {
  const clock = systemClock();
  const provider = { isDown: false };
  const [email, sms] = [captureEmail({ clock }), captureSms()];
  const send = email.send.bind(email);
  email.send = (...asked) =>
    provider.isDown
      ? Promise.reject(new ChannelError('permanent', { message: '550 <b>no</b> such "user"' }))
      : send(...asked);
  const providers = new BreakableProviders([email, sms], clock);
  const stop = new AbortController();
  const { url, closed } = await serveShop({
    host: '127.0.0.1',
    port: 0,
    architecture: 'event-sourced',
    bus: 'durable',
    outboxes: { email: email.outbox, sms: sms.outbox },
    providers,
    guests: [galleryGuest(), comparisonGuest({ clock, measure })],
    unsubscribeSecrets: [captureUnsubscribeSecret],
    clock,
    logger: silentLogger,
    signal: stop.signal,
    async open() {
      const shop = await createShop({ channels: [...providers.channels], clock });
      await stockSampleShop(shop.datastore);
      return shop;
    },
  });
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  onTestFinished(async () => {
    await context.close();
    stop.abort();
    await closed;
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/dashboard`);
  async function post(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
  }
  return { page, url, complaints, post, provider };
}

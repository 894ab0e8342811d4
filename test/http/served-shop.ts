import { expect, onTestFinished } from 'vitest';
import { captureEmail, captureSms, captureUnsubscribeSecret } from '../../src/delivery/index.ts';
import { createApp } from '../../src/http/app.ts';
import { BreakableProviders } from '../../src/http/breakable-providers.ts';
import type { Served } from '../../src/http/served.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { type ArchitectureName, createShop, stockSampleShop } from '../../src/shop/index.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { noonMs } from '../support/requests.ts';
import { undocumentedIn } from './documented.ts';

export interface ServedShopOptions {
  readonly architecture?: ArchitectureName;
  readonly token?: string;
  readonly requestsPerMinute?: number;
  /** Whether its providers can be broken by hand. Default: no. */
  readonly isBreakable?: boolean;
  /** In place of what is served. */
  readonly served?: (served: Served) => Served;
}

/** The sample shop behind the API, with no server around it, at noon of a day that stands still. */
export async function openServedShop({
  architecture = 'event-sourced',
  served: change = (served) => served,
  isBreakable = false,
  ...guard
}: ServedShopOptions = {}) {
  const clock = new VirtualClock(noonMs);
  const logger = recordingLogger();
  const [email, sms] = [captureEmail({ clock }), captureSms()];
  const providers = isBreakable ? new BreakableProviders([email, sms], clock) : undefined;
  const channels = providers?.channels ?? [email, sms];
  const shop = await createShop({ clock, architecture, channels, logger });
  await stockSampleShop(shop.datastore);
  await shop.start();
  const stop = new AbortController();
  const served = change({
    shop,
    architecture,
    bus: 'durable',
    outboxes: { email: email.outbox, sms: sms.outbox },
    ...(providers && { providers }),
    unsubscribeSecrets: [captureUnsubscribeSecret],
    clock,
    logger,
    stopping: stop.signal,
  });
  const app = createApp(served, guard);
  onTestFinished(() => shop.close());
  /** The answer's status and JSON. */
  async function ask(path: string, init: RequestInit & { json?: unknown } = {}) {
    const { json, ...rest } = init;
    const posted = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
    const headers = { ...(json !== undefined && { 'content-type': 'application/json' }), ...rest.headers };
    const response = await app.request(path, { ...posted, ...rest, headers });
    const text = await response.text();
    const mediaType = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    const body = mediaType.includes('json') ? JSON.parse(text) : null;
    const method = rest.method ?? (json === undefined ? 'GET' : 'POST');
    const asked = { method, path: new URL(path, 'http://localhost').pathname };
    // Whatever a test is about: no answer is one that the document does not have.
    expect(undocumentedIn(asked, { status: response.status, mediaType, body })).toBeUndefined();
    return { status: response.status, headers: response.headers, text, body };
  }
  return { app, shop, clock, logger, stop, email, sms, ask };
}

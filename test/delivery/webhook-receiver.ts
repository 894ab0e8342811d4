import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Channel, type HttpWebhookOptions, httpWebhook } from '../../src/delivery/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { sendContext } from '../support/send-context.ts';

export const webhookSecret = `whsec_${Buffer.from('shared by the shop and Kim').toString('base64')}`;
export const clock = systemClock();
export const deliveryId = 'order-shipped:order-1:kim:webhook';

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real server on 127.0.0.1; stands until the test is over. */
export async function openReceiver(answer: RequestListener) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    received.push({ method: request.method, path: request.url, headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/in`, port, received, server };
}

export function send(channel: Channel, to: string, signal = new AbortController().signal) {
  const content = { subject: 'Unterwegs', text: 'Grüße 🚲', link: 'https://shop.example/orders/order-1' };
  return channel.send({ to, recipientName: 'Kim Lund', content }, sendContext(deliveryId, { signal }));
}

export const answering = (status: number, headers = {}) =>
  openReceiver((_, response) => response.writeHead(status, headers).end('so it is'));

/** Sends for real, and may reach the receiver. */
export const webhook = (options: Partial<HttpWebhookOptions> = {}): Channel =>
  httpWebhook({ clock, secret: webhookSecret, allowLoopback: true, ...options });

/** What `send` throws. */
export const failureOf = (sending: Promise<unknown>): Promise<Error> =>
  sending.then(
    () => new Error('it was sent'),
    (thrown: Error) => thrown,
  );

/** The other side of a webhook: a server that takes the shop's, and nobody else's, and acts on each once. */
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { HandledWebhooks, verifyWebhook, WebhookRefusedError } from '../src/delivery/index.ts';

export interface WebhookReceiverOptions {
  /** The new and the old one while the shop changes over. */
  secrets: readonly string[];
  act(payload: unknown): Promise<void>;
  now?: () => number;
}

/** 204: done, now or before. 400: not the shop's, or not fresh. 500: not done; the shop will try again. */
export function webhookReceiver({ secrets, act, now = Date.now }: WebhookReceiverOptions): Server {
  const handled = new HandledWebhooks();
  return createServer(async (request, response) => {
    const answer = (status: number): void => void response.writeHead(status).end();
    try {
      const body = await text(request);
      const { id, payload } = verifyWebhook({ headers: request.headers, body }, { secrets, nowMs: now() });
      if (!handled.has(id, now())) await act(payload);
      handled.add(id, now());
      answer(204);
    } catch (thrown) {
      answer(thrown instanceof WebhookRefusedError ? 400 : 500);
    }
  });
}

if (process.argv[1] === import.meta.filename) {
  const { WEBHOOK_SECRET = '', PORT = '8080' } = process.env;
  if (WEBHOOK_SECRET === '')
    throw new Error('WEBHOOK_SECRET=whsec_… is missing: the one that the shop signs with');
  const server = webhookReceiver({
    secrets: WEBHOOK_SECRET.split(' '),
    act: async (payload) => console.log(JSON.stringify(payload)),
  });
  server.listen(Number(PORT), '127.0.0.1', () => console.log('listening', server.address()));
}

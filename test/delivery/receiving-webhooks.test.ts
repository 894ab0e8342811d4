import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { webhookReceiver } from '../../examples/webhook-receiver.ts';
import {
  type CapturedWebhook,
  captureWebhook,
  HandledWebhooks,
  verifyWebhook,
} from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { noonMs } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';

const secretOf = (word: string): string => `whsec_${Buffer.from(word).toString('base64')}`;
const [older, newer, foreign] = ['the older one', 'the newer one', 'somebody else'].map(secretOf) as [
  string,
  string,
  string,
];

describe('a webhook', () => {
  it('of the shop is taken, with its id, its time and what it says', async () => {
    const request = await sent(older);

    const { id, sentAtMs, payload } = verifyWebhook(request, { secrets: older, nowMs: noonMs });

    expect({ id, sentAtMs }).toEqual({ id: 'order-shipped:order-1:kim:webhook', sentAtMs: noonMs });
    expect(payload).toMatchObject({ type: 'notification', data: { recipientName: 'Kim 🚲' } });
  });

  it.each([
    ['signed with another secret', {}, foreign, 'wrong_signature'],
    ['with another body', { body: '{}' }, older, 'wrong_signature'],
    ['with another id', { id: 'order-shipped:order-2:kim:webhook' }, older, 'wrong_signature'],
    ['with another time', { timestamp: String(noonMs / 1000 + 1) }, older, 'wrong_signature'],
    ['without a signature', { signature: undefined }, older, 'incomplete'],
    ['with half a signature', { signature: 'v1,' }, older, 'wrong_signature'],
    ['with a time that is none', { timestamp: 'noon' }, older, 'incomplete'],
    ['with an id that could be two parts', { id: 'a.1' }, older, 'incomplete'],
  ])('%s is refused', async (_, change: Change, secrets, reason) => {
    const request = changed(await sent(older), change);

    expect(() => verifyWebhook(request, { secrets, nowMs: noonMs })).toThrow(
      expect.objectContaining({ code: 'webhook_refused', reason }),
    );
  });

  it.each([
    [5 * 60_000, undefined],
    [5 * 60_000 + 1, 'too_old'],
    [-5 * 60_000, undefined],
    [-5 * 60_000 - 1, 'too_new'],
  ])('that is %d ms old is refused as %s', async (ageMs, reason) => {
    const request = await sent(older);
    const verify = () => verifyWebhook(request, { secrets: older, nowMs: noonMs + ageMs });

    if (reason === undefined) expect(verify()).toMatchObject({ sentAtMs: noonMs });
    else expect(verify).toThrow(expect.objectContaining({ reason }));
  });
});

it('while secrets are changed, receivers that know either of them take it', async () => {
  const request = await sent([newer, older]);

  for (const secrets of [older, newer, [older, newer]])
    expect(verifyWebhook(request, { secrets, nowMs: noonMs })).toMatchObject({ sentAtMs: noonMs });
  expect(() => verifyWebhook(request, { secrets: foreign, nowMs: noonMs })).toThrow('wrong_signature');
});

it('what was handled is known for its window, and the oldest are forgotten first', () => {
  const handled = new HandledWebhooks({ windowMs: 1000, capacity: 2 });
  for (const [at, id] of ['a', 'b', 'c'].entries()) handled.add(id, at);

  expect(['a', 'b', 'c'].map((id) => handled.has(id, 10))).toEqual([false, true, true]);
  expect(handled.has('c', 1003)).toBe(false);
});

it('the example acts on each once, tells the shop to come again when it could not, and refuses others', async () => {
  const acted: unknown[] = [];
  let isBroken = true;
  const url = await listening(
    webhookReceiver({
      secrets: [newer, older],
      now: () => noonMs,
      act: async (payload) => {
        if (isBroken) throw new Error('the database is down');
        acted.push(payload);
      },
    }),
  );
  const request = await sent(older);

  expect(await post(url, request)).toBe(500);
  isBroken = false;
  expect([await post(url, request), await post(url, request)]).toEqual([204, 204]);
  expect(await post(url, await sent(foreign))).toBe(400);
  expect(acted).toHaveLength(1);
});

async function sent(secret: string | readonly string[]): Promise<CapturedWebhook> {
  const channel = captureWebhook({ clock: new VirtualClock(noonMs), secret });
  await channel.send(
    { to: 'https://hooks.example/kim', recipientName: 'Kim 🚲', content: { text: 'Grüße' } },
    sendContext('order-shipped:order-1:kim:webhook'),
  );
  const [request] = channel.outbox.all();
  if (request === undefined) throw new Error('it was not captured');
  return request;
}

interface Change {
  body?: string;
  id?: string;
  timestamp?: string;
  signature?: string | undefined;
}

function changed({ headers, body }: CapturedWebhook, change: Change) {
  const names = {
    'webhook-id': 'id',
    'webhook-timestamp': 'timestamp',
    'webhook-signature': 'signature',
  } as const;
  const altered = Object.entries(names).flatMap(([name, key]) =>
    key in change ? [[name, change[key]]] : [],
  );
  return { headers: { ...headers, ...Object.fromEntries(altered) }, body: change.body ?? body };
}

async function listening(server: ReturnType<typeof webhookReceiver>): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = async (url: string, { headers, body }: CapturedWebhook): Promise<number> =>
  (await fetch(url, { method: 'POST', headers, body })).status;

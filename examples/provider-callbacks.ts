/** What an SMS provider calls when it knows what became of a message: is it theirs, what does it mean, is it on record? */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Receipts, type ReportedReceipt, readReceipts } from '../src/delivery/index.ts';
import { captureSms, createShop } from '../src/demo/index.ts';

export interface ProviderCallbacksOptions {
  /** The one with which the provider signs. */
  secret: string;
  receipts: Receipts;
  now?: () => number;
}

/** 204: on record. 400: not the provider's, not fresh, not to be read. 500: not on record; it is to call again. */
export function providerCallbacks({ secret, receipts, now = Date.now }: ProviderCallbacksOptions): Server {
  return createServer(async (request, response) => {
    const reported = await verified(request, secret, now())
      .then(receiptsIn)
      .catch(() => undefined);
    const isOnRecord = reported && (await receipts.take(reported).catch(() => undefined)) !== undefined;
    response.writeHead(reported === undefined ? 400 : isOnRecord ? 204 : 500).end();
  });
}

const longest = 100_000;
const freshForMs = 5 * 60_000;

/** The body, signed not long ago by who knows the secret: `Signature: t=<seconds>,v1=<HMAC of "t.body" in hex>`. */
async function verified(request: IncomingMessage, secret: string, nowMs: number): Promise<string> {
  const { signature, 'content-length': length = 'unknown' } = request.headers;
  if (!(Number(length) <= longest)) throw new Error('too long');
  const body = await text(request);
  const [, t = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(signature)) ?? [];
  const own = createHmac('sha256', secret).update(`${t}.${body}`).digest();
  const isTheirs = given !== '' && timingSafeEqual(Buffer.from(given, 'hex'), own);
  if (!isTheirs || Math.abs(nowMs - Number(t) * 1000) > freshForMs)
    throw new Error('not theirs, or not fresh');
  return body;
}

const ends = new Map([
  ['delivered', 'delivered'],
  ['expired', 'failed'],
  ['rejected', 'bounced'],
]);
/** After which errors nobody is to be texted again, and why: only who knows the provider can say so. */
const neverAgain = new Map([
  ['unknown_number', 'bounced'],
  ['stopped', 'unsubscribed'],
]);

/** In our words; "queued" and "sent" are no end. `readReceipts` refuses what does not fit. */
function receiptsIn(body: string): readonly ReportedReceipt[] {
  const found = [JSON.parse(body)].flat().flatMap(({ id, state, error: code, to: recipient, time }) => {
    if (state === 'queued' || state === 'sent') return [];
    const suppress = state === 'rejected' ? neverAgain.get(code) : undefined;
    const at = new Date(time * 1000).toISOString();
    return { channel: 'sms', providerMessageId: id, status: ends.get(state), recipient, at, code, suppress };
  });
  return found.length === 0 ? [] : readReceipts(found);
}

if (process.argv[1] === import.meta.filename) {
  const { PROVIDER_SECRET: secret, PORT = '8081' } = process.env;
  if (!secret) throw new Error('PROVIDER_SECRET=… is missing: the one with which the provider signs');
  const { receipts } = await createShop({ channels: [captureSms()] });
  providerCallbacks({ secret, receipts }).listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
}

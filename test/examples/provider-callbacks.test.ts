import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { providerCallbacks } from '../../examples/provider-callbacks.ts';
import { createReceipts } from '../../src/delivery/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';

const secret = 'shared with the provider';

/** Kim has been texted, and the provider can call. */
async function open() {
  const sms = moodyChannel('sms');
  const office = await openPostOffice({ channels: [sms] });
  const { clock, datastore } = office;
  await office.request(aRequest());
  const server = providerCallbacks({
    secret,
    receipts: createReceipts({ clock, datastore }),
    now: () => clock.now(),
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const [id = ''] = sms.taken;
  const statusOf = async (body: string, signature: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, headers: { signature } })).status;
  const report = (call: object, { atMs = noonMs, signedWith = secret } = {}): Promise<number> => {
    const body = JSON.stringify({ id, state: 'delivered', time: noonMs / 1000, ...call });
    return statusOf(body, signed(body, { atMs, signedWith }));
  };
  const onRecord = async () =>
    (await datastore.ledger.receipts([aRequest().id])).map(({ receipt: { status, code } }) => [status, code]);
  return { office, sms, report, statusOf, onRecord };
}

function signed(body: string, { atMs = noonMs, signedWith = secret } = {}): string {
  const t = atMs / 1000;
  return `t=${t},v1=${createHmac('sha256', signedWith).update(`${t}.${body}`).digest('hex')}`;
}

describe('a call of the provider', () => {
  it('is on record when it is answered, once, however often it comes', async () => {
    const { report, onRecord } = await open();

    expect([await report({}), await report({})]).toEqual([204, 204]);

    expect(await onRecord()).toEqual([['delivered', null]]);
  });

  it('that says that there is no such number ends the texts to it', async () => {
    const { office, sms, report } = await open();

    expect(await report({ state: 'rejected', error: 'unknown_number' })).toBe(204);
    const later = await office.request(aRequest({ type: 'order-delivered' }));

    expect(later.find(({ channel }) => channel === 'sms')).toMatchObject({ reason: 'suppressed' });
    expect(sms.taken).toHaveLength(1);
  });

  it.each([
    { state: 'expired', error: 'unknown_number' },
    { state: 'rejected', error: 'handset_off' },
  ])('that says %j suppresses nobody', async (call) => {
    const { office, report } = await open();

    expect(await report(call)).toBe(204);

    expect(await office.datastore.suppressions.list({ limit: 1 })).toEqual([]);
  });

  it('on the way is no end', async () => {
    const { report, onRecord } = await open();

    expect(await report({ state: 'queued' })).toBe(204);

    expect(await onRecord()).toEqual([]);
  });
});

describe('is refused, and nothing is on record:', () => {
  it.each([
    ['what is signed by somebody else', {}, { signedWith: 'guessed' }],
    ['what was signed too long ago', {}, { atMs: noonMs - 6 * minuteMs }],
    ['a state that nobody knows', { state: 'lost' }, {}],
    ['a time that is none', { time: 'noon' }, {}],
    ['an id that is none', { id: 7 }, {}],
  ])('%s', async (_what, call, how) => {
    const { report, onRecord } = await open();

    expect(await report(call, how)).toBe(400);

    expect(await onRecord()).toEqual([]);
  });

  it('what is longer than any call', async () => {
    const { statusOf, onRecord } = await open();
    const call = { id: `${aRequest().id}:sms`, state: 'delivered', time: 0 };
    const body = JSON.stringify(call) + ' '.repeat(200_000);

    expect(await statusOf(body, signed(body))).toBe(400);

    expect(await onRecord()).toEqual([]);
  });

  it.each(['', 'no JSON', 'null', '[null]'])('a body of %j', async (body) => {
    const { statusOf, onRecord } = await open();

    expect(await statusOf(body, signed(body))).toBe(400);

    expect(await onRecord()).toEqual([]);
  });
});

it('what could not be kept is asked for again', async () => {
  const { office, report } = await open();
  await office.datastore.close();

  expect(await report({})).toBe(500);
});

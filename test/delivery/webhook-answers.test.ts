import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { answering, deliveryId, failureOf, openReceiver, send, webhook } from './webhook-receiver.ts';

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('%i means that it is sent', async (status) => {
    const { url } = await answering(status);

    expect(await send(webhook(), url)).toEqual({ id: deliveryId });
  });

  it.each([
    ...[408, 425, 429, 500, 502, 503, 504, 599].map((status) => ['transient', status] as const),
    ...[300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 410, 422].map(
      (status) => ['permanent', status] as const,
    ),
  ])('is a %s failure when it is %i', async (kind, status) => {
    const { url } = await answering(status);

    const thrown = await failureOf(send(webhook(), url));

    expect(thrown).toBeInstanceOf(ChannelError);
    expect(thrown).toMatchObject({ kind, message: `the webhook at 127.0.0.1 answered ${status}` });
    expect(thrown).toMatchObject({ retryAfterMs: undefined });
  });

  it.each([
    [429, {}, true],
    [429, { 'retry-after': '5' }, true],
    [503, { 'retry-after': '5' }, true],
    [503, {}, false],
    [408, {}, false],
    [500, {}, false],
  ])('%i with %j: that the receiver is well, and busy, is %s', async (status, headers, isThrottled) => {
    const { url } = await answering(status, headers);

    expect(await failureOf(send(webhook(), url))).toMatchObject({ kind: 'transient', isThrottled });
  });

  it('that is 410 says that nobody wants to hear more', async () => {
    const gone = await answering(410);
    const absent = await answering(404);

    expect(await failureOf(send(webhook(), gone.url))).toMatchObject({ suppress: 'unsubscribed' });
    expect(await failureOf(send(webhook(), absent.url))).toMatchObject({ suppress: undefined });
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sun, 06 Nov 1994 08:40:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['June 5', undefined],
  ])('that says Retry-After: %s asks for %s ms', async (value, retryAfterMs) => {
    const { url } = await answering(503, { 'retry-after': value });
    const time = new VirtualClock(Date.parse('1994-11-06T08:49:00Z'));

    expect(await failureOf(send(webhook({ clock: time }), url))).toMatchObject({
      kind: 'transient',
      retryAfterMs,
    });
  });

  it('that leads elsewhere is not followed', async () => {
    const elsewhere = await answering(200);
    const { url } = await answering(307, { location: elsewhere.url });

    expect(await failureOf(send(webhook(), url))).toMatchObject({ kind: 'permanent' });
    expect(elsewhere.received).toEqual([]);
  });

  it('counts as soon as its status is there, however much comes after it', async () => {
    const { url } = await openReceiver((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });

    expect(await send(webhook(), url)).toEqual({ id: deliveryId });
  });
});

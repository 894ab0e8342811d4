import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { SettableClock } from '../support/settable-clock.ts';
import { until } from '../support/until.ts';
import { answering, clock, failureOf, openReceiver, send, webhook } from './webhook-receiver.ts';

describe('no answer', () => {
  it('in time leaves it unknown whether the receiver took it', async () => {
    const time = new VirtualClock(clock.now());
    const { url, received } = await openReceiver(() => {
      void time.advanceTo(time.now() + 10_000, async () => {});
    });

    const thrown = await failureOf(send(webhook({ clock: time }), url));

    expect(thrown).not.toBeInstanceOf(ChannelError);
    expect(thrown.message).toContain('127.0.0.1 was taken is not known: timeout');
    expect(received).toHaveLength(1);
  });

  it.each([1, -1])('is waited for as before when the clock on the wall is set by %i hours', async (hours) => {
    const time = new SettableClock(clock.now());
    const { url } = await openReceiver((_, response) => {
      time.set(time.now() + hours * 3_600_000);
      setImmediate(() => response.writeHead(200).end());
    });

    await expect(send(webhook({ clock: time }), url)).resolves.toMatchObject({ id: expect.any(String) });
  });

  it('is given up after the time that it has though the clock on the wall is set back', async () => {
    const time = new SettableClock(clock.now());
    const { url } = await openReceiver(() => {
      time.set(time.now() - 3_600_000);
      time.passAtOnce(10_000);
    });

    expect((await failureOf(send(webhook({ clock: time }), url))).message).toContain('timeout');
  });

  it('because the connection broke leaves it unknown too', async () => {
    const { url } = await openReceiver((request) => request.socket.destroy());

    const thrown = await failureOf(send(webhook(), url));

    expect(thrown).not.toBeInstanceOf(ChannelError);
    expect(thrown.message).toContain('is not known: ECONNRESET');
  });

  it('that is HTTP leaves it unknown too', async () => {
    const server = createServer((socket) => socket.end('no HTTP\r\n\r\n'));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };

    expect(await failureOf(send(webhook(), `http://127.0.0.1:${port}/`))).not.toBeInstanceOf(ChannelError);
  });

  it('because nobody listens is a transient failure', async () => {
    const { url, server } = await answering(200);
    await new Promise((closed) => server.close(closed));

    const thrown = await failureOf(send(webhook(), url));

    expect(thrown).toBeInstanceOf(ChannelError);
    expect(thrown).toMatchObject({ kind: 'transient', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('because the name is not found is a transient failure', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));

    expect(await failureOf(send(webhook({ resolve }), 'http://hooks.example/'))).toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('ENOTFOUND'),
    });
  });

  it('because the name takes too long to be found is a transient failure', async () => {
    const resolve = () => new Promise<string[]>(() => {});

    expect(await failureOf(send(webhook({ resolve, timeoutMs: 5 }), 'http://hooks.example/'))).toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('timeout'),
    });
  });

  it('because the certificate is no good is a transient failure: nothing was written', async () => {
    const { url, received } = await answering(200);

    expect(await failureOf(send(webhook(), url.replace('http:', 'https:')))).toMatchObject({
      kind: 'transient',
    });
    expect(received).toEqual([]);
  });
});

describe('whoever waits for the answer', () => {
  it('can give up before it is sent: nothing is', async () => {
    const { url, received } = await answering(200);

    const thrown = await failureOf(send(webhook(), url, AbortSignal.abort()));

    expect(thrown).toMatchObject({ kind: 'transient', message: expect.stringContaining('aborted') });
    expect(received).toEqual([]);
  });

  it('can give up afterwards: then it is unknown', async () => {
    const waiting = new AbortController();
    const { url } = await openReceiver(() => waiting.abort());

    const thrown = await failureOf(send(webhook(), url, waiting.signal));

    expect(thrown).not.toBeInstanceOf(ChannelError);
    expect(thrown.message).toContain('aborted');
  });
});

it('nothing goes on waiting after the answer', async () => {
  const { url } = await answering(200);
  const time = new VirtualClock(clock.now());
  const { signal } = new AbortController();

  await send(webhook({ clock: time }), url, signal);

  await until(() => time.nextDueMs() === undefined && getEventListeners(signal, 'abort').length === 0);
  expect(time.nextDueMs()).toBeUndefined();
});

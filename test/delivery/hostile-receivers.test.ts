import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';
import { answering, deliveryId, failureOf, send, webhook } from './webhook-receiver.ts';

/** A server that says what it likes, byte by byte, when the whole request has come; until the test is over. */
async function openHostile(answer: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      const [, head = '', length = '0'] = /^(.*?content-length: (\d+).*?\r\n\r\n)/is.exec(heard) ?? [];
      if (head !== '' && heard.length >= head.length + Number(length)) answer(socket);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/in`, sockets };
}

const saying = (...parts: (string | Uint8Array)[]) => {
  return (socket: Socket): void => {
    for (const part of parts) socket.write(part);
  };
};

const zeros = gzipSync(Buffer.alloc(50_000_000));

describe('a receiver that has said 200 has taken it, whatever it says behind that:', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['garbage', saying('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n', Buffer.alloc(100_000, 0xff))],
    ['chunks that are none', saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n')],
    ['less than it has promised', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n.')],
    [
      'a gzip bomb',
      saying(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${zeros.length}\r\n\r\n`, zeros),
    ],
    [
      'another answer',
      saying('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nHTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'a thousand hints before it',
      saying('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000), 'HTTP/1.1 200 OK\r\n\r\n'),
    ],
  ])('%s', async (_what, answer) => {
    const { url } = await openHostile(answer);

    expect(await send(webhook(), url)).toEqual({ id: deliveryId });
  });
});

describe('a receiver of which nobody knows whether it has taken it:', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['one that closes in the middle of the status', (socket) => socket.end('HTTP/1.1 20')],
    ['one that closes in the middle of a header', (socket) => socket.end('HTTP/1.1 200 OK\r\nretry-af')],
    ['one whose header has no end', saying(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1_000_000)}`)],
    ['one with too many headers', saying('HTTP/1.1 200 OK\r\n', 'x: y\r\n'.repeat(200_000), '\r\n')],
    [
      'one that wants another protocol',
      saying('HTTP/1.1 101 Ok\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    ],
    ['one that speaks TLS', saying(Buffer.from([0x15, 3, 1, 0, 2, 2, 70]))],
    ['one whose status is no number', saying('HTTP/1.1 OK fine\r\n\r\n')],
    ['one whose length is negative', saying('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n')],
  ])('%s', async (_what, answer) => {
    const { url } = await openHostile(answer);

    const thrown = await failureOf(send(webhook(), url));

    expect(thrown).not.toBeInstanceOf(ChannelError);
    expect(thrown.message).toContain('is not known');
  });

  it.each([
    ['one byte a minute', 'H'],
    ['hints without end', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('one that says %s, until the time is over', async (_what, each) => {
    const time = new VirtualClock(noonMs);
    const { url } = await openHostile((socket) => {
      const goOn = (): void => {
        if (socket.destroyed) return;
        socket.write(each, () => void time.advanceTo(time.now() + minuteMs, async () => {}).then(goOn));
      };
      goOn();
    });

    const thrown = await failureOf(send(webhook({ clock: time }), url));

    expect(thrown).not.toBeInstanceOf(ChannelError);
    expect(thrown.message).toContain('timeout');
  });
});

it('one that answers a handshake with garbage has got nothing', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('no handshake at all\r\n');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };

  const thrown = await failureOf(send(webhook(), `https://127.0.0.1:${port}/`));

  expect(thrown).toBeInstanceOf(ChannelError);
  expect(thrown).toMatchObject({ kind: 'transient' });
});

describe('a receiver that leads elsewhere', () => {
  it.each(['http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', '//[::1]/'])(
    'to %s is not followed, and not asked again',
    async (location) => {
      const { url, received } = await answering(302, { location });

      expect(await failureOf(send(webhook(), url))).toMatchObject({ kind: 'permanent' });
      expect(received).toHaveLength(1);
    },
  );

  it('to itself is asked once', async () => {
    const { url, received } = await answering(308, { location: '/in' });

    expect(await failureOf(send(webhook(), url))).toMatchObject({ kind: 'permanent' });
    expect(received).toHaveLength(1);
  });
});

describe('a receiver that is busy', () => {
  it.each([
    ['a year', '31536000'],
    ['until the year 9999', 'Fri, 31 Dec 9999 23:59:59 GMT'],
    ['longer than there are numbers', '9'.repeat(400)],
  ])('for %s is asked again in about a day', async (_how, value) => {
    const { dueInMs } = await busyFor(value);

    expect(dueInMs).toBeGreaterThan(23 * 60 * minuteMs);
    expect(dueInMs).toBeLessThanOrEqual(1.25 * 24 * 60 * minuteMs);
  });

  it.each(['-120', 'NaN', 'Infinity', '1e9', '0x10', '', 'Sun, 99 Nov 1994 08:49:37 GMT', '5, 5'])(
    'and says %j of when is asked again as one that says nothing',
    async (value) => {
      const { dueInMs } = await busyFor(value);

      expect(dueInMs).toBeGreaterThan(0);
      expect(dueInMs).toBeLessThanOrEqual(2 * minuteMs);
    },
  );
});

/** How long a webhook waits that was sent away so. */
async function busyFor(retryAfter: string) {
  const { url } = await answering(429, { 'retry-after': retryAfter });
  const office = await openPostOffice({
    customers: [
      aCustomer({ addresses: { webhook: url }, preferences: { order_updates: { webhook: true } } }),
    ],
    channels: [webhook({ clock: new VirtualClock(noonMs) })],
  });
  onTestFinished(() => office.close());

  const deliveries = await office.request(aRequest());

  const { status, dueAtMs } = deliveries.find(({ channel }) => channel === 'webhook') ?? expect.fail();
  expect(status).toBe('pending');
  return { dueInMs: Number(dueAtMs) - noonMs };
}

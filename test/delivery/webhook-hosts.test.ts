import { describe, expect, it } from 'vitest';
import { answering, failureOf, send, webhook } from './webhook-receiver.ts';

describe('a host', () => {
  it('is reached at the address that was checked, and looked up once', async () => {
    const { url, port, received } = await answering(200);
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const resolve = async () => answers.shift() ?? [];

    await send(webhook({ resolve }), url.replace('127.0.0.1', 'hooks.example'));

    expect(received[0]?.headers.host).toBe(`hooks.example:${port}`);
    expect(answers).toHaveLength(1);
  });

  it('is reached only at those of its addresses that are allowed', async () => {
    const { url, received } = await answering(200);
    const resolve = async () => ['10.0.0.1', '127.0.0.1'];

    await send(webhook({ resolve, timeoutMs: 2000 }), url.replace('127.0.0.1', 'hooks.example'));

    expect(received).toHaveLength(1);
  });

  it('on this machine is refused unless that is allowed', async () => {
    const { url, received } = await answering(200);

    expect(await failureOf(send(webhook({ allowLoopback: false }), url))).toMatchObject({
      kind: 'permanent',
      message: expect.stringContaining('address_not_public'),
    });
    expect(received).toEqual([]);
  });
});

it('no failure says what was sent, or the path of the URL', async () => {
  const { url } = await answering(500);
  const secretUrl = `${url}/token-4711?key=hunter2`;
  const failures = [
    await failureOf(send(webhook(), secretUrl)),
    await failureOf(send(webhook({ allowLoopback: false }), secretUrl)),
    await failureOf(send(webhook(), secretUrl, AbortSignal.abort())),
    await failureOf(send(webhook(), 'http://kim:hunter2@hooks.example/token-4711')),
    await failureOf(send(webhook(), 'not a URL with token-4711')),
  ];

  for (const { message, cause } of failures) {
    expect(`${message} ${cause}`).not.toMatch(/token-4711|hunter2|Grüße|Kim/);
  }
});

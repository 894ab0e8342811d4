import { describe, expect, it } from 'vitest';
import { openServedShop } from './served-shop.ts';

const token = 'a token that is long enough';

describe('without a token', () => {
  it.each(['localhost:4400', '127.0.0.1', '[::1]:4400'])('answers whoever calls it %s', async (host) => {
    const { ask } = await openServedShop();

    expect((await ask('/metrics', { headers: { host } })).status).toBe(200);
  });

  it.each(['shop.example', '127.0.0.1.evil.example', '127.evil.example', '192.168.0.7:4400', ''])(
    'refuses the name %j, which could have been made to point here',
    async (host) => {
      const { ask } = await openServedShop();

      expect(await ask('/metrics', { headers: { host } })).toMatchObject({
        status: 403,
        body: { status: 403, code: 'host_refused' },
      });
    },
  );

  it('refuses pages of other sites, and those of no site', async () => {
    const { ask } = await openServedShop();
    const from = (origin: string) => ask('/metrics', { headers: { host: 'localhost:4400', origin } });

    expect((await from('http://localhost:4400')).status).toBe(200);
    for (const origin of ['http://evil.example', 'http://localhost:8080', 'null']) {
      expect((await from(origin)).body.code).toBe('origin_refused');
    }
  });
});

describe('with a token', () => {
  it('answers whoever has it, by any name', async () => {
    const { ask } = await openServedShop({ token });
    const headers = { host: 'shop.example', authorization: `Bearer ${token}` };

    expect((await ask('/metrics', { headers })).status).toBe(200);
  });

  it.each([undefined, 'Bearer', `Bearer ${token}!`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token])(
    'refuses the authorization %j',
    async (authorization) => {
      const { ask } = await openServedShop({ token });
      const { status, headers, body } = await ask('/metrics', {
        headers: authorization === undefined ? {} : { authorization },
      });

      expect({ status, asks: headers.get('www-authenticate'), code: body.code }).toEqual({
        status: 401,
        asks: 'Bearer realm="shop", Basic realm="shop", charset="UTF-8"',
        code: 'unauthorized',
      });
    },
  );

  it('takes it as the password that a browser asks a person for, under any name', async () => {
    const { ask } = await openServedShop({ token });
    const statusOf = async (given: string) => {
      const authorization = `Basic ${Buffer.from(given).toString('base64')}`;
      return (await ask('/metrics', { headers: { authorization } })).status;
    };

    expect([await statusOf(`:${token}`), await statusOf(`ada:${token}`)]).toEqual([200, 200]);
    for (const given of [`${token}:`, `ada:${token}:`, `ada:b:${token}`, 'ada:', ''])
      expect(await statusOf(given)).toBe(401);
  });

  it('tells anybody whether it lives and is ready', async () => {
    const { ask } = await openServedShop({ token });

    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(200);
  });
});

describe('whoever asks too often', () => {
  it('is told when to come again, may then ask evenly at the full rate, and is always told whether it lives', async () => {
    const { ask, clock } = await openServedShop({ requestsPerMinute: 60 });
    const metrics = async () => (await ask('/metrics')).status;
    for (let times = 0; times < 10; times++) expect(await metrics()).toBe(200);

    const refused = await ask('/metrics');

    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await ask('/healthz')).status).toBe(200);
    for (let times = 0; times < 5; times++) {
      await clock.advanceTo(clock.now() + 1000, async () => {});
      expect([await metrics(), await metrics()]).toEqual([200, 429]);
    }
  });

  it('cannot go on guessing at the token', async () => {
    const { ask } = await openServedShop({ token, requestsPerMinute: 60 });
    const guess = async () => (await ask('/metrics', { headers: { authorization: 'Bearer guess' } })).status;

    const statuses = [];
    for (let times = 0; times < 12; times++) statuses.push(await guess());

    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  });
});

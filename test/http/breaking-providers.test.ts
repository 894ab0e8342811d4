import { expect, it } from 'vitest';
import { noonMs } from '../support/requests.ts';
import { openServedShop } from './served-shop.ts';

async function openBreakable() {
  const served = await openServedShop({ isBreakable: true });
  const { ask, shop } = served;
  /** Ships an order, and tells what became of it for each channel. */
  async function ship(orderId: string): Promise<Readonly<Record<string, string>>> {
    await ask(`/v1/orders/${orderId}/shipments`, { json: {} });
    await shop.settle();
    const { body } = await ask(`/v1/deliveries?subject=${orderId}`);
    return Object.fromEntries(
      body.deliveries.map(({ channel, status, reason }: Record<string, string>) => [
        channel,
        `${status} ${reason}`,
      ]),
    );
  }
  const set = (channel: string, how: object) => ask(`/v1/providers/${channel}/break`, { json: how });
  const mend = (channel: string) => ask(`/v1/providers/${channel}/mend`, { json: {} });
  return { ...served, ship, set, mend };
}

it('breaks one channel, says so, and mends it: what waits goes out then', async () => {
  const { ask, ship, set, mend, shop, clock } = await openBreakable();
  const well = { channel: 'sms', fault: null };
  expect((await ask('/v1/providers')).body.providers).toEqual([{ channel: 'email', fault: null }, well]);

  const broken = { kind: 'down', words: 'takes nothing', since: new Date(noonMs).toISOString() };
  expect((await set('sms', { kind: 'down' })).body).toEqual({ channel: 'sms', fault: broken });
  expect((await ask('/v1/providers')).body.providers[1].fault).toEqual(broken);
  expect(await ship('ord-1001')).toEqual({ email: 'sent sent', sms: 'pending provider_unavailable' });
  expect((await ask('/v1/explain/ord-1001')).text).toContain('the provider is unavailable');

  expect((await mend('sms')).body).toEqual(well);
  await clock.advanceTo(noonMs + 3_600_000, () => shop.settle());
  expect((await ask('/v1/deliveries?subject=ord-1001&channel=sms')).body.deliveries).toMatchObject([
    { status: 'sent' },
  ]);
});

it('is busy with every other message, and asks to wait half a minute', async () => {
  const { ask, set, shop } = await openBreakable();
  await set('email', { kind: 'busy' });
  const ids = Array.from({ length: 40 }, (_, index) => `n-${index}`);
  const texts = ids.map((notificationId) => ({
    notificationId,
    channel: 'email',
    recipient: 'ada',
    message: 'Hello.',
  }));
  await ask('/v1/notifications', { json: texts });
  await shop.settle();

  const { body } = await ask('/v1/deliveries?customerId=ada');
  const waiting = body.deliveries.filter(({ status }: { status: string }) => status === 'pending');
  expect(waiting.length).toBeGreaterThan(5);
  expect(waiting.length).toBeLessThan(35);
  for (const { dueAt } of waiting) expect(Date.parse(dueAt)).toBeGreaterThanOrEqual(noonMs + 30_000);
});

it('refuses one customer by their own address: a dead letter, and no more to that address', async () => {
  const { ask, ship, set, mend } = await openBreakable();
  const { body } = await set('email', { kind: 'refuses', customerId: 'ada' });
  expect(body.fault.words).toBe('refuses the address of ada for good');

  expect(await ship('ord-1001')).toEqual({ email: 'dead_lettered rejected', sms: 'sent sent' });
  expect((await ship('ord-1002')).email).toBe('sent sent');
  expect((await ask('/v1/suppressions')).text).toContain('ada@example.com');

  await mend('email');
  const [letter] = (await ask('/v1/dead-letters')).body.deadLetters;
  await ask('/v1/suppressions/lift', { json: { address: 'ada@example.com' } });
  expect((await ask(`/v1/dead-letters/${encodeURIComponent(letter.id)}/redrive`, { json: {} })).status).toBe(
    202,
  );
});

it('takes the last fault that was asked for', async () => {
  const { ship, set } = await openBreakable();
  await set('email', { kind: 'down' });
  await set('email', { kind: 'refuses', customerId: 'ben' });

  expect((await ship('ord-1001')).email).toBe('sent sent');
});

it.each([{}, { kind: 'blocked' }, { kind: 'refuses' }, { kind: 'down', customerId: 'ada' }])(
  'does not guess what %j means',
  async (how) => {
    const { set } = await openBreakable();

    expect((await set('email', how)).body.code).toBe('invalid_request');
  },
);

it('breaks nothing where none are there to be broken', async () => {
  const { ask } = await openServedShop();

  expect((await ask('/v1/providers')).body).toEqual({ providers: [] });
  expect((await ask('/v1/providers/email/break', { json: { kind: 'down' } })).body.code).toBe(
    'unknown_provider',
  );
});

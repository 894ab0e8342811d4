import { expect, it } from 'vitest';
import { type Channel, ChannelError } from '../../src/delivery/index.ts';
import { aCustomer } from '../support/customers.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, noonMs, secondMs } from '../support/requests.ts';

const webhookOf = (id: string) =>
  aCustomer({
    id,
    addresses: { webhook: `https://${id}.example/hook` },
    preferences: { order_updates: { email: false, sms: false, webhook: true } },
  });

/** Each receiver is well, fails, or never answers; says who was heard, and when. */
async function play(customers: readonly string[], behave: (host: string) => 'well' | 'dead' | 'silent') {
  const heardAtMs = new Map<string, number>();
  const webhook: Channel = {
    name: 'webhook',
    templates: 'push',
    async send({ to }, { wait }) {
      const host = new URL(to).hostname;
      const mood = behave(host);
      if (mood === 'silent') await wait(Number.MAX_SAFE_INTEGER / 2);
      if (mood === 'dead') throw new ChannelError('transient', { message: 'answered 500' });
      if (!heardAtMs.has(host)) heardAtMs.set(host, office.clock.now());
      return { id: 'taken' };
    },
  };
  const office = await openPostOffice({ channels: [webhook], customers: customers.map(webhookOf) });
  const ask = (customerId: string, about: string) =>
    office.delivery.request(aRequest({ customerId, about, variables: { orderId: about } }));
  return { office, heardAtMs, ask };
}

it('who answers 500 for ever shuts the channel for nobody else', async () => {
  const { office, heardAtMs, ask } = await play(['alice', 'bob'], (host) =>
    host.startsWith('alice') ? 'dead' : 'well',
  );
  for (let index = 0; index < 20; index++) await ask('alice', `order-${index}`);
  await office.advanceTo(noonMs + 5 * secondMs);

  await ask('bob', 'order-b');
  await office.settle();

  expect(heardAtMs.get('bob.example')).toBe(noonMs + 5 * secondMs);
  expect(office.delivery.breakers().get('webhook')).toBe('open');
});

it('a thousand dead receivers do neither', async () => {
  const dead = Array.from({ length: 1000 }, (_, index) => `dead-${index}`);
  const { office, heardAtMs, ask } = await play([...dead, 'bob'], (host) =>
    host.startsWith('dead') ? 'dead' : 'well',
  );
  await Promise.all(dead.map((id) => ask(id, `order-${id}`)));
  await office.settle();

  await ask('bob', 'order-b');
  await office.settle();

  expect(heardAtMs.get('bob.example')).toBe(noonMs);
});

it('one that never answers takes a share of the places, and no more', async () => {
  const { office, heardAtMs, ask } = await play(['alice', 'bob'], (host) =>
    host.startsWith('alice') ? 'silent' : 'well',
  );
  await Promise.all(Array.from({ length: 2000 }, (_, index) => ask('alice', `order-${index}`)));
  await office.settle();

  await ask('bob', 'order-b');
  await office.settle();

  expect(heardAtMs.get('bob.example')).toBe(noonMs);
});

it('what concerns one recipient opens no breaker, whatever its domain', async () => {
  const email: Channel = {
    name: 'email',
    templates: 'email',
    send: () => Promise.reject(new ChannelError('transient', { message: 'greylisted', scope: 'recipient' })),
  };
  const customers = Array.from({ length: 20 }, (_, index) => aCustomer({ id: `customer-${index}` }));
  const office = await openPostOffice({ channels: [email], customers });
  for (const { id } of customers) await office.request(aRequest({ customerId: id }));

  expect(office.delivery.breakers().get('email')).toBe('closed');
});

it('what concerns the relay opens the breaker for every domain', async () => {
  let asked = 0;
  const email: Channel = {
    name: 'email',
    templates: 'email',
    send: () => {
      asked++;
      return Promise.reject(new ChannelError('transient', { message: 'no connection', scope: 'provider' }));
    },
  };
  const customers = Array.from({ length: 20 }, (_, index) =>
    aCustomer({ id: `customer-${index}`, email: `kim@domain-${index}.example` }),
  );
  const office = await openPostOffice({ channels: [email], customers });
  for (const { id } of customers) await office.request(aRequest({ customerId: id }));

  expect(office.delivery.breakers().get('email')).toBe('open');
  expect(asked).toBe(5);
});

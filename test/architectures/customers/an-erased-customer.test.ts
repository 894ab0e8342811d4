import { existsSync, readFileSync } from 'node:fs';
import Database from 'libsql';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ConsumptionBatch,
  type Datastore,
  nothingConsumed,
  openDatastore,
} from '../../../src/datastore/index.ts';
import { type Channel, ChannelError, createReceipts } from '../../../src/delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../../src/events/index.ts';
import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  createWorld,
  hasBus,
} from '../../../src/shop/index.ts';
import { aPlace, hasServer, openPlace, tableFilesOf } from '../../support/a-datastore.ts';
import { aCustomer } from '../../support/customers.ts';

/** Every word by which she could be known, now and before. */
const words = [
  'Zephyrine',
  'Quackenbush',
  'zephyrine@old.example',
  'zephyrine@new.example',
  '+436641234567',
  '+436647654321',
  'token-of-her-phone',
];

const variants = architectureNames.flatMap((architecture) => {
  const buses: readonly (BusName | undefined)[] = hasBus(architecture) ? busNames : [undefined];
  return buses.map((bus): [ArchitectureName, BusName | undefined] => [architecture, bus]);
});

describe.each(variants)('%s, bus %s', (architecture, bus) => {
  it('nothing on the disk tells who an erased customer was, and the ledger still adds up', async () => {
    const { file, datastore, world } = await livedIn(architecture, bus);
    const before = await datastore.ledger.counts();
    const everywhere = await wordsIn(file);
    expect(everywhere).toEqual(words);

    await world.architecture.services.accounts.eraseCustomer({ customerId: 'zoe' });

    expect(await wordsIn(file)).toEqual([]);
    await world.finish();
    await world.close();
    expect(await wordsIn(file)).toEqual([]);
    const { requested, sent, skipped, deadLettered, pending } = await datastore.ledger.counts();
    expect({ requested, pending }).toEqual({ requested: before.requested, pending: 0 });
    expect(sent + skipped + deadLettered).toBe(requested);
    expect(await endOf(datastore, 'order-shipped:order-z:zoe')).toEqual({
      email: 'sent',
      sms: 'erased',
      push: 'erased',
    });
  });
});

it('what was suppressed stays so, though nobody can read the address any more', async () => {
  const { datastore, world } = await livedIn('event-sourced', 'durable');
  const { accounts } = world.architecture.services;
  await datastore.suppressions.add({
    address: 'Zephyrine@new.example',
    reason: 'unsubscribed',
    sinceMs: 1,
    detail: 'said zephyrine@new.example',
  });
  await accounts.eraseCustomer({ customerId: 'zoe' });

  await datastore.customers.insert(aCustomer({ id: 'again', email: 'zephyrine@NEW.example' }));

  const [again] = await datastore.customers.recipients(['again']);
  expect(again?.suppressedAddresses).toEqual(['zephyrine@NEW.example']);
  const listed = await datastore.suppressions.list({ limit: 10 });
  expect(listed).toEqual([
    { address: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), reason: 'unsubscribed', sinceMs: 1 },
  ]);
  expect(await datastore.suppressions.remove('zephyrine@new.example')).toBe(true);
});

it('what stages keep of others, and of her without saying who she is, stays', async () => {
  const { datastore, world } = await livedIn('event-sourced', 'durable');
  await world.architecture.services.accounts.eraseCustomer({ customerId: 'zoe' });

  const states = async (subscriber: string) =>
    (await datastore.consumption.states(`pipeline.${subscriber}`, { after: '', limit: 10 })).map(
      ({ key, version, value }) => [key, version, JSON.parse(value)],
    );
  expect(await states('profile')).toEqual([['zoe', 2, { called: 'Dear ', phone: '', mails: { '': 2 } }]]);
  expect(await states('board')).toEqual([
    [
      'board',
      2,
      [
        { customerId: 'someone-1', name: 'Ann', points: 3 },
        { customerId: 'zoe', name: '', points: 2 },
      ],
    ],
  ]);
  expect(await states('mailbox')).toEqual([]);
  expect(await states('other')).toEqual([['someone-2', 1, { name: 'Bea', mails: 1 }]]);
  const timers = await datastore.consumption.dueTimers({ nowMs: Date.parse('2200-01-01'), limit: 10 });
  expect(timers.map(({ key, message }) => [key, JSON.parse(message).data])).toEqual([
    ['zoe', { profile: null }],
    ['call', { words: 'call ' }],
  ]);
});

it('a phone that somebody else has too stays suppressed', async () => {
  const { datastore, world } = await livedIn('event-sourced', 'durable');
  await datastore.customers.insert(aCustomer({ id: 'flatmate', phone: '+436647654321' }));
  await datastore.suppressions.add({ address: '+436647654321', reason: 'blocked', sinceMs: 1 });

  await world.architecture.services.accounts.eraseCustomer({ customerId: 'zoe' });

  expect((await datastore.customers.recipients(['flatmate']))[0]?.suppressedAddresses).toEqual([
    '+436647654321',
  ]);
});

it('what a provider says after the erasure of whom it had in hand is not kept', async () => {
  const { file, world, answer } = await livedIn('event-sourced', 'durable');
  const { accounts, billing } = world.architecture.services;
  await billing.failPayment({ paymentId: 'pay-z', orderId: 'order-z', reason: 'card_declined' });
  await answer.isAsked;

  await accounts.eraseCustomer({ customerId: 'zoe' });
  answer.refuse();
  await world.finish();
  await world.close();

  expect(await wordsIn(file)).toEqual([]);
});

it('what a provider reports long after it took a message is kept without words', async () => {
  const { file, datastore, world } = await livedIn('event-sourced', 'durable');
  const { take } = createReceipts({ clock: world.clock, datastore });
  const report = {
    channel: 'email',
    providerMessageId: 'mail-1',
    recipient: 'zephyrine@old.example',
    detail: '550 <zephyrine@old.example> unknown',
  };
  const ofNobody = { ...report, providerMessageId: 'mail-of-nobody' };
  await take([
    { ...report, status: 'delivered' },
    { ...ofNobody, status: 'delivered' },
  ]);
  expect((await bytesOf(file)).includes('550 <zephyrine@old.example>')).toBe(true);

  await world.architecture.services.accounts.eraseCustomer({ customerId: 'zoe' });
  await take([{ ...report, status: 'bounced' }]);
  // A table keeps what was changed in it until it is written anew.
  if (hasServer) await datastore.purge();

  await world.close();
  const kept = await datastore.ledger.receipts(['welcome:zoe:zoe']);
  expect(kept.map(({ receipt: { status, recipient, detail } }) => ({ status, recipient, detail }))).toEqual([
    { status: 'bounced', recipient: null, detail: null },
    { status: 'delivered', recipient: null, detail: null },
  ]);
  expect(await wordsIn(file)).toEqual([]);
});

it.runIf(hasServer)(
  'while somebody writes in another database of the server, it is said that something is left, and purged afterwards',
  async () => {
    const { file, datastore, world } = await livedIn('event-sourced', 'durable');
    const elsewhere = new pg.Client({ connectionString: await aPlace() });
    await elsewhere.connect();
    await elsewhere.query('begin');
    await elsewhere.query('select pg_current_xact_id()');

    await world.architecture.services.accounts.eraseCustomer({ customerId: 'zoe' });
    expect(await datastore.purge()).toBe(false);

    await elsewhere.query('commit');
    await elsewhere.end();
    expect(await datastore.purge()).toBe(true);
    expect(await wordsIn(file)).toEqual([]);
  },
);

it.skipIf(hasServer)(
  'while another program reads, it is purged when the last one closes the file',
  async () => {
    const { file, datastore, world } = await livedIn('event-sourced', 'durable');
    await world.close();
    const reader = new Database(file);
    reader.exec('begin');
    reader.prepare('select * from customer').all();

    await datastore.transaction(({ customers }) => customers.erase('zoe', 1));
    expect(await datastore.purge()).toBe(false);
    expect((await bytesOf(file)).includes('Quackenbush')).toBe(true);

    reader.exec('commit');
    reader.close();
    await datastore.close();
    expect(await wordsIn(file)).toEqual([]);
  },
);

/** The file with its companions, or the tables of a database, as anybody finds them on the disk. */
async function bytesOf(place: string): Promise<Buffer> {
  return hasServer ? tableFilesOf(place) : filesOf(place);
}

const filesOf = (file: string): Buffer =>
  Buffer.concat(
    ['', '-wal', '-shm'].flatMap((end) => (existsSync(file + end) ? readFileSync(file + end) : [])),
  );

const wordsIn = async (place: string): Promise<string[]> => {
  const bytes = await bytesOf(place);
  return words.filter((word) => bytes.includes(word));
};

async function endOf({ ledger }: Datastore, id: string): Promise<Record<string, string | null>> {
  const [entry] = await ledger.find('id', id);
  return Object.fromEntries(entry?.deliveries.map(({ channel, reason }) => [channel, reason]) ?? []);
}

/** A shop in which she has left her words everywhere: rows, events, receipts, errors, dead letters, suppressions. */
async function livedIn(architecture: ArchitectureName, bus?: BusName) {
  const file = await aPlace();
  const datastore = hasServer ? await openPlace(file) : openDatastore({ file, busyTimeoutMs: 100 });
  onTestFinished(() => datastore.close());
  const { channel: email, ...answer } = talkativeMail();
  const world = createWorld({
    startMs: Date.parse('2026-03-02T21:30:00Z'),
    architecture,
    ...(bus && { bus }),
    datastore,
    channels: [email, refusingHook],
  });
  if (world.hasBus) {
    world.bus.subscribe({
      name: 'out-of-order',
      handles: ['ContactChanged'],
      retry: { maxAttempts: 1 },
      async handle({ data: { profile } }) {
        throw new Error(`no room for ${profile?.name} at ${profile?.email}`);
      },
    });
  }
  await world.architecture.start();
  const { accounts, ordering, pricing } = world.architecture.services;
  await datastore.transaction(async ({ customers }) => {
    for (let n = 0; n < 200; n++) await customers.insert(aCustomer({ id: `someone-${n}` }));
  });
  await pricing.addProduct({ productId: 'bell', name: 'Bell', price: { amount: 100, currency: 'EUR' } });
  await accounts.registerCustomer({
    customerId: 'zoe',
    name: 'Zephyrine Quackenbush',
    email: 'zephyrine@old.example',
    phone: '+436641234567',
    addresses: { push: 'token-of-her-phone', hook: 'https://hook.example/zephyrine@new.example' },
    segment: 'gold',
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
    preferences: { order_updates: { sms: true, push: true, hook: true }, payment_alerts: { sms: true } },
    quietHours: { start: '22:00', end: '07:00' },
  });
  await accounts.updateContact({ customerId: 'zoe', phone: '+436647654321' });
  const lineItems = [{ lineItemId: 'order-z-1', productId: 'bell', quantity: 1 }];
  await ordering.placeOrder({ orderId: 'order-z', customerId: 'zoe', lineItems });
  await world.architecture.settle();
  await accounts.updateContact({
    customerId: 'zoe',
    email: 'zephyrine@new.example',
    addresses: { hook: null },
  });
  if (world.hasBus) await world.bus.publish([refusedMessage]).catch(() => {});
  await datastore.consumption.commit(keptOfHer);
  await ordering.shipOrder({ orderId: 'order-z' });
  await world.architecture.settle();
  return { file, datastore, world, answer };
}

/** A message that no schema lets pass, and that says more than it should. */
const refusedMessage = {
  id: 'refused-1',
  type: 'CustomerRegistered',
  source: '/elsewhere',
  subject: 'zoe',
  time: '2026-03-02T21:30:00Z',
  correlationId: 'refused-1',
  causationId: 'refused-1',
  schemaVersion: 1,
  data: { id: 'zoe', mail: 'zephyrine@new.example', called: 'Zephyrine' },
} as unknown as MessageOf<ShopEvents>;

const kept = (subscriber: string, key: string, value: unknown) => ({
  subscriber,
  key,
  version: 1,
  value: JSON.stringify(value),
});

const later = (key: string, messageId: string, data: object) => ({
  subscriber: 'pipeline.remind',
  key,
  timer: {
    dueAtMs: Date.parse('2199-01-01T00:00:00Z'),
    messageId,
    message: JSON.stringify({ ...refusedMessage, id: messageId, data }),
  },
});

/** What a stage of a pipeline might keep of her, and have said at a time of its own. */
const keptOfHer: ConsumptionBatch = {
  ...nothingConsumed,
  states: [
    kept('pipeline.profile', 'zoe', {
      called: 'Dear Zephyrine Quackenbush',
      phone: '+436641234567',
      mails: { 'zephyrine@old.example': 2 },
    }),
    kept('pipeline.board', 'board', [
      { customerId: 'someone-1', name: 'Ann', points: 3 },
      { customerId: 'zoe', name: 'Zephyrine Quackenbush', points: 2 },
    ]),
    kept('pipeline.mailbox', 'mail zephyrine@new.example', { mails: 4 }),
    kept('pipeline.other', 'someone-2', { name: 'Bea', mails: 1 }),
  ],
  timers: [
    later('zoe', 'later-1', { profile: { name: 'Zephyrine Quackenbush', email: 'zephyrine@new.example' } }),
    later('call', 'later-2', { words: 'call +436647654321' }),
    later('zephyrine@old.example', 'later-3', {}),
  ],
};

/** A mail server that names the reader in its receipts; about a payment it answers when it is told to, and refuses. */
function talkativeMail(): { channel: Channel; isAsked: Promise<void>; refuse(): void } {
  let asked = (): void => {};
  let refuse = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const mayRefuse = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  return {
    isAsked,
    refuse,
    channel: {
      name: 'email',
      templates: 'email',
      async send({ to }, { idempotencyKey }) {
        if (idempotencyKey.startsWith('welcome')) return { id: 'mail-1' };
        if (!idempotencyKey.startsWith('payment-failed')) return { id: `250 ok <${to}>` };
        asked();
        await mayRefuse;
        throw new ChannelError('permanent', { message: `550 <${to}> unknown`, suppress: 'bounced' });
      },
    },
  };
}

const refusingHook: Channel = {
  name: 'hook',
  templates: 'push',
  async send({ to }) {
    throw new ChannelError('permanent', { message: `${to} is gone`, suppress: 'blocked' });
  },
};

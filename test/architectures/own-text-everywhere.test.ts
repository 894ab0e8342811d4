import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { captureEmail } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { explain } from '../../src/operations/explain/index.ts';
import {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  createShop,
  createWorld,
  hasBus,
} from '../../src/shop/index.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const text = { notificationId: 'repair-7', channel: 'email', recipient: 'kim', message: 'It is trued.' };
const variants = architectureNames.flatMap((architecture) =>
  (hasBus(architecture) ? busNames : busNames.slice(0, 1)).map((bus): [ArchitectureName, BusName] => [
    architecture,
    bus,
  ]),
);

describe.each(variants)("one's own text on %s, bus %s", (architecture, bus) => {
  it('is sent once, however often it is asked for, and explained', async () => {
    const { shop, world } = await open({ architecture, bus });

    expect(await shop.send(text)).toBe('accepted');
    await world.finish();
    expect(await shop.send({ ...text })).toBe('repeated');
    await world.finish();

    expect(await ledgerLines(world.datastore)).toEqual(['own-text kim email sent sent']);
    expect(world.outboxes.email.all()).toMatchObject([{ to: 'kim@example.com', subject: 'It is trued.' }]);
    const explained = await explain(world.datastore, { id: 'own-text:repair-7/email:kim' });
    expect(JSON.stringify(explained)).toContain('accepted by the provider');
  });

  it.each([
    ['message', { message: 'It is not.' }],
    ['subject', { subject: 'Repair' }],
    ['metadata', { metadata: { where: 'north' } }],
  ])('with another %s under its id is refused, and the first one stands', async (_, other) => {
    const { shop, world } = await open({ architecture, bus });
    await shop.send(text);
    await world.finish();

    await expect(shop.send({ ...text, ...other })).rejects.toMatchObject({
      code: 'text_differs',
      message: expect.not.stringContaining(text.message),
    });
    await world.finish();

    expect(world.outboxes.email.all()).toHaveLength(1);
    expect(await ledgerLines(world.datastore)).toEqual(['own-text kim email sent sent']);
  });

  it('to another customer, and on another channel, is another', async () => {
    const { shop, world } = await open({ architecture, bus });

    for (const other of [{}, { channel: 'sms', message: 'Trued.' }, { recipient: 'ben', message: 'Hi.' }]) {
      expect(await shop.send({ ...text, ...other })).toBe('accepted');
    }
    await world.finish();

    expect((await ledgerLines(world.datastore)).sort()).toEqual([
      'own-text ben email sent sent',
      'own-text kim email sent sent',
      'own-text kim sms sent sent',
    ]);
  });

  it('asked for twice at once with two texts, one is sent and one refused', async () => {
    const { shop, world } = await open({ architecture, bus });

    const both = [shop.send(text), shop.send({ ...text, message: 'It is not.' })];
    const refused = (await Promise.allSettled(both)).filter(({ status }) => status === 'rejected');
    await world.finish();
    // Where a text is a command first, its handler finds out.
    const dead = world.hasBus ? await world.bus.deadLetters() : [];

    expect(refused.length + dead.length).toBe(1);
    if (dead.length > 0) expect(dead[0]?.error.code).toBe('text_differs');

    expect(world.outboxes.email.all()).toHaveLength(1);
    expect(await ledgerLines(world.datastore)).toEqual(['own-text kim email sent sent']);
  });

  it('is tried again when its provider fails', async () => {
    const faults = { email: { outages: [{ fromMs: noonMs, toMs: noonMs + 60_000 }] } };
    const { shop, world } = await open({ architecture, bus, faults });

    await shop.send(text);
    await world.finish();

    expect(await ledgerLines(world.datastore)).toEqual(['own-text kim email sent sent']);
  });

  it('of an erased customer is nowhere any more, and none can be sent to them', async () => {
    const file = temporaryFile('shop.db');
    const datastore = openDatastore({ file });
    const faults = { email: { outages: [{ fromMs: noonMs, toMs: noonMs + 60_000 }] } };
    const { shop, world } = await open({ architecture, bus, faults, datastore });
    await shop.send({ ...text, message: 'To Zanzibar', metadata: { where: 'Zanzibar' } });
    await world.finish();
    expect(bytesOf(file).includes('Zanzibar')).toBe(true);

    await shop.services.accounts.eraseCustomer({ customerId: 'kim' });
    await world.finish();

    await expect(shop.send(text)).rejects.toMatchObject({ code: 'refused_text' });
    await world.close();
    await datastore.close();
    expect(bytesOf(file).includes('Zanzibar')).toBe(false);
  });
});

it.each([
  [{ channel: 'fax' }, 'no channel "fax" is running'],
  [{ recipient: 'nobody' }, 'nobody is registered'],
  [{ message: ' ' }, 'message: is empty'],
])('%j is refused by the others too, and nothing is left of it', async (wrong, words) => {
  const { shop, world } = await open({ architecture: 'event-sourced', bus: 'durable' });

  await expect(shop.send({ ...text, ...wrong })).rejects.toThrow(words);

  expect(await ledgerLines(world.datastore)).toEqual([]);
});

it.each(architectureNames)('a shop in real time sends it on %s', async (architecture) => {
  const email = captureEmail({ clock: new VirtualClock(noonMs) });
  const shop = await createShop({ architecture, channels: [email] });
  await shop.datastore.customers.insert(aCustomer());
  await shop.start();

  await shop.send(text);
  await shop.settle();
  await shop.close();

  expect(email.outbox.count).toBe(1);
});

const bytesOf = (file: string): Buffer =>
  Buffer.concat(
    ['', '-wal'].map((end) => {
      try {
        return readFileSync(`${file}${end}`);
      } catch {
        return Buffer.alloc(0);
      }
    }),
  );

async function open(options: Omit<Parameters<typeof createWorld>[0], 'startMs'>) {
  const world = createWorld({ startMs: noonMs, ...options });
  await world.datastore.customers.insert(aCustomer());
  await world.datastore.customers.insert(aCustomer({ id: 'ben', email: 'ben@example.com' }));
  await world.architecture.start();
  onTestFinished(async () => {
    await world.close().catch(() => {});
  });
  return { world, shop: world.architecture };
}

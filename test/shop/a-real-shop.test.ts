import { describe, expect, it } from 'vitest';
import { AlreadyConsumedError } from '../../src/datastore/index.ts';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { architectureNames, createShop, type ShopOptions } from '../../src/shop/index.ts';
import { rejectionOf } from '../support/rejection.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const clock = () => new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
const mia = {
  customerId: 'mia',
  name: 'Mia',
  email: 'mia@example.com',
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
} as const;

async function openShop(options: Partial<ShopOptions>) {
  const email = captureEmail({ clock: clock() });
  const shop = await createShop({ clock: clock(), channels: [email], ...options });
  return { shop, recipients: () => email.outbox.all().map(({ to }) => to) };
}

describe('a shop for real use', () => {
  it.each(architectureNames)('welcomes a customer on %s', async (architecture) => {
    const { shop, recipients } = await openShop({ architecture });
    await shop.start();

    await shop.services.accounts.registerCustomer(mia);
    await shop.settle();

    expect(recipients()).toEqual(['mia@example.com']);
    await shop.close();
  });

  it('tells a subscriber of what happens', async () => {
    const { shop } = await openShop({});
    const heard: string[] = [];
    const handle = async ({ data }: { data: { customerId: string } }) => void heard.push(data.customerId);
    shop.bus.subscribe({ name: 'greeter', handles: ['CustomerRegistered'], handle });
    await shop.start();

    await shop.services.accounts.registerCustomer(mia);
    await shop.settle();

    expect(heard).toEqual(['mia']);
    await shop.close();
  });

  it('goes on with what it has kept, and tells nobody twice', async () => {
    const data = temporaryFile('shop.db');
    const before = await openShop({ data });
    await before.shop.start();
    await before.shop.services.accounts.registerCustomer(mia);
    await before.shop.close();

    const after = await openShop({ data });
    await after.shop.start();
    await after.shop.settle();

    expect([...before.recipients(), ...after.recipients()]).toEqual(['mia@example.com']);
    expect(await after.shop.datastore.customers.find('mia')).toMatchObject({ name: 'Mia' });
    await after.shop.close();
  });

  it('leaves a file to whoever runs on it already, and takes it once that has ended', async () => {
    const data = temporaryFile('shop.db');
    const { shop } = await openShop({ data });

    expect(await rejectionOf(() => openShop({ data }))).toBeInstanceOf(AlreadyConsumedError);

    await shop.close();
    await (await openShop({ data })).shop.close();
  });

  it('refuses two channels of one name before it opens anything', async () => {
    const data = temporaryFile('shop.db');
    const twice = () => createShop({ data, channels: [captureSms(), captureSms()] });

    expect(await rejectionOf(twice)).toMatchObject({ code: 'duplicate_channel' });
    await (await openShop({ data })).shop.close();
  });
});

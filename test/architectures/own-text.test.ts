import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DurableEventBus, InMemoryEventBus } from '../../src/bus/index.ts';
import { commandDrivenMessages, createCommandDriven } from '../../src/command-driven/index.ts';
import { openDatastore } from '../../src/datastore/index.ts';
import { type Channel, ChannelError, captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createMessage } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { explain } from '../../src/operations/explain/index.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const words = 'Your wheel is trued.\nMind the brake.';
const text = { notificationId: 'repair-7', channel: 'email', recipient: 'kim', message: words };
const id = 'own-text:repair-7/email:kim';

describe.each(['in-memory', 'durable'] as const)("one's own text, bus %s", (busName) => {
  it('is in the ledger and with its customer, once, however often it is asked for', async () => {
    const { shop, emails, datastore, finish } = await open(busName);

    for (let time = 0; time < 2; time++) {
      await shop.send({ ...text, subject: 'Repair 7', metadata: { workshop: 'north' } });
      await finish();
    }

    expect(emails.all()).toHaveLength(1);
    expect(emails.all()[0]).toMatchObject({ subject: 'Repair 7', to: 'kim@example.com' });
    expect(emails.all()[0]?.text).toContain(words);
    const [entry] = await datastore.ledger.find('id', id);
    expect(entry?.notification).toMatchObject({
      subject: 'repair-7',
      variables: { metadata: { workshop: 'north' } },
    });
    expect(await ledgerLines(datastore)).toEqual(['own-text kim email sent sent']);
  });

  it('is tried again, then a dead letter that is announced and can be sent on its way again', async () => {
    const provider = downFor(2);
    const { shop, datastore, finish, heard } = await open(busName, [provider.channel]);

    await shop.send({ ...text, channel: 'sms' });
    await finish();

    expect(provider.asked).toBe(2);
    expect(await ledgerLines(datastore)).toEqual(['own-text kim sms dead_lettered attempts_exhausted']);
    expect(heard).toEqual([
      'NotificationFailed',
      'NotificationRetrying',
      'NotificationFailed',
      'NotificationMovedToDeadLetter',
      'DeadLetterAdded',
    ]);
    await shop.redrive({ notificationId: 'own-text:repair-7/sms:kim', channel: 'sms' });
    await finish();
    expect(provider.texts).toEqual([`Hill & Valley Cycles: ${words}`]);
    expect(await ledgerLines(datastore)).toEqual(['own-text kim sms sent sent']);
  });

  it('asked for by a message whose recipient nobody knows is a dead letter of the bus that says so', async () => {
    const { bus, clock, ids, datastore, finish } = await open(busName);
    const command = createMessage({ clock, ids }, commandDrivenMessages.SendNotification, {
      ...text,
      recipient: 'kim@example.com',
    } as never);

    await bus.publish([command as never]);
    await finish();

    const [letter] = await bus.deadLetters();
    expect(letter?.error.message).toContain('nobody is registered as customer "kim@example.com"');
    expect(await ledgerLines(datastore)).toEqual([]);
  });
});

it('neither opting out nor the night holds it back, and the first line is its subject', async () => {
  const { shop, texts, emails, finish } = await open('in-memory', [], {
    preferences: {},
    quietHours: atNight,
  });

  await shop.send(text);
  await shop.send({ ...text, channel: 'sms', message: 'x'.repeat(1000) });
  await finish();

  expect(emails.all()[0]?.subject).toBe('Your wheel is trued. Mind the brake.');
  expect(texts.all()[0]).toMatchObject({ segments: 3 });
});

it.each([
  [{ channel: 'fax' }, 'no channel "fax" is running; running: email, sms'],
  [{ recipient: 'kim@example.com' }, 'nobody is registered as customer "kim@example.com"'],
  [{ message: ' \n' }, 'message: is empty'],
  [{ subject: '' }, 'subject: is empty'],
  [{ mesage: 'x' }, 'mesage'],
  [{ notificationId: undefined, message: 7 }, 'notificationId'],
])('%j is refused in one line, and nothing is left of it', async (wrong, words) => {
  const { shop, datastore, finish, bus } = await open('durable');

  const refused = shop.send({ ...text, ...wrong } as never);

  await expect(refused).rejects.toMatchObject({
    code: 'refused_text',
    message: expect.stringMatching(/^this text cannot be sent: .+$/),
  });
  await expect(refused).rejects.toThrow(words);
  await finish();
  expect(await ledgerLines(datastore)).toEqual([]);
  expect(await bus.deadLetters()).toEqual([]);
});

it('an erased customer takes it along, from the ledger, the log and the dead letters', async () => {
  const file = temporaryFile('shop.db');
  const { shop, datastore, finish, bus, clock, ids } = await open('durable', [], {}, file);
  const secret = 'Zanzibar';
  const secrets = { message: `To ${secret}`, subject: `On ${secret}`, metadata: { where: secret } };
  await shop.send({ ...text, ...secrets });
  const dead = { ...text, ...secrets, channel: 'fax' };
  await bus.publish([
    createMessage({ clock, ids }, commandDrivenMessages.SendNotification, dead as never) as never,
  ]);
  await finish();
  expect(bytesOf(file).includes(secret)).toBe(true);

  await shop.services.accounts.eraseCustomer({ customerId: 'kim' });
  await finish();
  await shop.stop();
  await datastore.close();

  expect(bytesOf(file).includes(secret)).toBe(false);
});

it('explain tells what became of it', async () => {
  const { shop, datastore, finish } = await open('durable');
  await shop.send(text);
  await finish();

  expect(JSON.stringify(await explain(datastore, { id }))).toContain('accepted by the provider');
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

async function open(
  busName: 'in-memory' | 'durable',
  channels: readonly Channel[] = [],
  differences: object = {},
  file?: string,
) {
  const clock = new VirtualClock(noonMs);
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const datastore = openDatastore(file === undefined ? {} : { file });
  await datastore.customers.insert(aCustomer(differences));
  const email = captureEmail({ clock });
  const sms = captureSms();
  const options = { catalogue: commandDrivenMessages, clock, ids, datastore, random };
  const bus = busName === 'durable' ? new DurableEventBus(options) : new InMemoryEventBus(options);
  const retry = { maxAttempts: 2 };
  const usual = [email, sms].filter(({ name }) => channels.every((channel) => channel.name !== name));
  const shop = createCommandDriven({ ...options, bus, channels: [...usual, ...channels], retry });
  const heard: string[] = [];
  bus.subscribe({
    name: 'listener',
    handles: [
      'NotificationFailed',
      'NotificationRetrying',
      'NotificationMovedToDeadLetter',
      'DeadLetterAdded',
    ],
    handle: async ({ type }) => void heard.push(type),
  });
  await shop.start();
  const settle = () => shop.settle();
  async function finish(): Promise<void> {
    await settle();
    for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs()) {
      await clock.advanceTo(dueMs, settle);
    }
  }
  onTestFinished(async () => {
    await shop.stop().catch(() => {});
    await bus.close();
    await datastore.close();
  });
  return { clock, ids, datastore, bus, shop, heard, finish, emails: email.outbox, texts: sms.outbox };
}

/** An SMS provider that is unavailable the first times. */
function downFor(times: number) {
  const provider = {
    asked: 0,
    texts: [] as string[],
    channel: {
      name: 'sms',
      templates: 'sms',
      async send({ content }) {
        provider.asked++;
        if (provider.asked <= times) throw new ChannelError('transient', { message: 'busy with itself' });
        provider.texts.push(content.text);
        return { id: 'sms-1' };
      },
    } as Channel,
  };
  return provider;
}

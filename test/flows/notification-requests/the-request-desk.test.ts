import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import type { Channel } from '../../../src/delivery/index.ts';
import { Submitter } from '../../../src/flows/notification-requests/submitter.ts';
import { seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { failingChannel } from '../../support/channels.ts';
import { aCustomer } from '../../support/customers.ts';

async function openDesk(...channels: Channel[]) {
  const datastore = openDatastore();
  await datastore.customers.insert(aCustomer());
  const submitter = new Submitter({
    stopwatch: () => 0,
    clock: new VirtualClock(0),
    random: seededRandom(1),
    datastore,
    channels,
  });
  onTestFinished(async () => {
    await submitter.close();
    await datastore.close().catch(() => {});
  });
  return { submitter, datastore };
}

/** Remembers what it was given. */
function notingChannel(name: string): Channel & { readonly texts: string[] } {
  const texts: string[] = [];
  return {
    name,
    templates: 'push',
    texts,
    async send({ content }) {
      texts.push(content.text);
      return { id: String(texts.length) };
    },
  };
}

const request = (message: string, priority = 'normal', channels = ['sms']) => ({
  place: message,
  request: { userId: 'kim', channels, message, priority },
});

test('the most urgent goes first, and the answers keep the order of the requests', async () => {
  const sms = notingChannel('sms');
  const { submitter } = await openDesk(sms);

  const results = await submitter.send([
    request('one', 'low'),
    request('two', 'critical'),
    request('three', 'normal'),
    request('four', 'critical'),
  ]);

  expect(sms.texts).toEqual(['two', 'four', 'three', 'one']);
  expect(results.map(({ place, status }) => `${place} ${status}`)).toEqual([
    'one sent',
    'two sent',
    'three sent',
    'four sent',
  ]);
});

test('deliveries are told in the order of the channels, whichever ends first', async () => {
  const { submitter } = await openDesk(notingChannel('sms'), failingChannel('email', new Error('broken')));

  const [result] = await submitter.send([request('one', 'low', ['email', 'sms'])]);

  expect(result).toMatchObject({
    status: 'failed',
    deliveries: [
      { channel: 'email', reason: 'outcome_unknown' },
      { channel: 'sms', reason: 'sent' },
    ],
  });
});

test('a request that fails before it comes to a delivery says where', async () => {
  const { submitter, datastore } = await openDesk(notingChannel('sms'));
  await datastore.close();

  const [result] = await submitter.send([request('one')]);

  expect(result).toMatchObject({
    status: 'failed',
    deliveries: [],
    errors: [{ words: expect.stringMatching(/^validate: /) }],
  });
});

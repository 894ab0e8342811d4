import { expect, it } from 'vitest';
import type { Datastore } from '../../src/datastore/index.ts';
import { ChannelError } from '../../src/delivery/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';

const bounced = new ChannelError('permanent', { message: 'no such number', suppress: 'bounced' });

it('an address that the provider says is gone is used no more, on that channel alone', async () => {
  const sms = moodyChannel('sms', bounced);
  const { request, datastore } = await openPostOffice({ channels: [sms] });
  await request(aRequest());
  sms.mood = undefined;

  await request(aRequest({ about: 'order-2' }));

  expect(sms.asked).toHaveLength(1);
  expect(await ledgerLines(datastore)).toEqual([
    'order-shipped kim email sent sent',
    'order-shipped kim email sent sent',
    'order-shipped kim sms dead_lettered rejected',
    'order-shipped kim sms skipped suppressed',
  ]);
});

it("it is noted with the provider's words, when and where", async () => {
  const words = new ChannelError('permanent', {
    message: 'refused',
    suppress: 'bounced',
    suppressBecause: '550-no such\n550 number\u001b[2J',
  });
  const { request, datastore } = await openPostOffice({ channels: [moodyChannel('sms', words)] });

  await request(aRequest());

  expect(await datastore.suppressions.list({ limit: 10 })).toEqual([
    {
      address: '+15550100',
      reason: 'bounced',
      sinceMs: noonMs,
      channel: 'sms',
      source: 'provider',
      detail: '550-no such 550 number [2J',
    },
  ]);
});

it('it is used no more for anybody who has it', async () => {
  const sms = moodyChannel('sms', bounced);
  const customers = [aCustomer(), aCustomer({ id: 'lee' }), aCustomer({ id: 'max', phone: '+15550199' })];
  const { request } = await openPostOffice({ channels: [sms], customers });
  await request(aRequest());
  sms.mood = undefined;

  await request(aRequest({ customerId: 'lee' }));
  await request(aRequest({ customerId: 'max' }));

  expect(sms.taken).toEqual(['order-shipped:order-1:max:sms']);
});

it.each([
  [
    'refuses for good, and says nothing about the address',
    new ChannelError('permanent', { message: 'spam' }),
  ],
  [
    'is unavailable, whatever it says about the address',
    new ChannelError('transient', { message: 'later', suppress: 'bounced' }),
  ],
])('a provider that %s leaves it usable', async (_, mood) => {
  const sms = moodyChannel('sms', mood);
  const { request } = await openPostOffice({ channels: [sms] });
  await request(aRequest());
  sms.mood = undefined;

  await request(aRequest({ about: 'order-2' }));

  expect(sms.taken).toEqual(['order-shipped:order-2:kim:sms']);
});

it('the end of the delivery and the suppression are recorded together, or not at all', async () => {
  const sms = moodyChannel('sms', bounced);
  const office = await openPostOffice({ channels: [sms], alterDatastore: failsToSuppress });
  await office.delivery.request(aRequest());

  await office.advanceTo(noonMs + minuteMs);

  expect(await ledgerLines(office.datastore)).toEqual([
    'order-shipped kim email sent sent',
    'order-shipped kim sms pending ',
  ]);
  expect(office.logged.join()).toContain('the ledger could not be written');
});

function failsToSuppress(datastore: Datastore): Datastore {
  const add = async (): Promise<boolean> => {
    throw new Error('disk full');
  };
  return {
    ...datastore,
    transaction: (work) =>
      datastore.transaction((stores) => work({ ...stores, suppressions: { ...stores.suppressions, add } })),
  };
}

import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { failingChannel, slowChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';
import { until } from '../support/until.ts';

describe('a notification that was sent, asked for again', () => {
  it('is a duplicate on every channel, and goes out no second time', async () => {
    const { request, datastore, emails, texts } = await openPostOffice();
    await request(aRequest());

    await request(aRequest());

    expect([emails.all().length, texts.all().length]).toEqual([1, 1]);
    expect(await passingVerdicts(datastore, aRequest().id)).toEqual(['email duplicate', 'sms duplicate']);
    expect(await ledgerLines(datastore)).toEqual([
      'order-shipped kim email sent sent',
      'order-shipped kim sms sent sent',
    ]);
  });

  it('stays as it was: one attempt, one receipt, one time', async () => {
    const { request, datastore, clock, advanceTo } = await openPostOffice();
    await request(aRequest());
    const before = await datastore.ledger.find('id', aRequest().id);

    await advanceTo(clock.now() + 1000);
    await request(aRequest());

    expect(await datastore.ledger.find('id', aRequest().id)).toEqual(before);
  });

  it('tells the observer that it is a duplicate of something sent', async () => {
    const { request, decisions } = await openPostOffice();
    await request(aRequest());

    await request(aRequest());

    expect(decisions.slice(2).map(({ reason, status }) => `${reason}, ${status}`)).toEqual([
      'duplicate, sent',
      'duplicate, sent',
    ]);
  });
});

describe('a notification that is asked for several times at once', () => {
  it('goes out once', async () => {
    const { request, datastore, emails, texts } = await openPostOffice();

    await Promise.all(Array.from({ length: 5 }, () => request(aRequest())));

    expect([emails.all().length, texts.all().length]).toEqual([1, 1]);
    expect(await datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2 });
  });

  it('goes out once when the second request comes while the first is being sent', async () => {
    const sms = slowChannel('sms');
    const { request, datastore } = await openPostOffice({ channels: [sms] });
    const first = request(aRequest());
    await until(() => sms.asked.length === 1);

    await request(aRequest());
    sms.answer();
    await first;

    expect(sms.asked).toHaveLength(1);
    expect(await datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2, pending: 0 });
  });

  it('goes out once among many others', async () => {
    const { request, texts } = await openPostOffice();
    const abouts = Array.from({ length: 60 }, (_, index) => `order-${index % 20}`);

    await Promise.all(abouts.map((about) => request(aRequest({ about }))));

    expect(texts.all()).toHaveLength(20);
  });
});

it('a notification that is asked for again takes the place of no other', async () => {
  const { delivery, settle, texts } = await openPostOffice({ maxInHand: 1 });
  for (let times = 0; times < 5; times++) await delivery.deliver(aRequest());

  await delivery.deliver(aRequest({ about: 'order-2' }));
  await settle();

  expect(texts.all()).toHaveLength(2);
});

describe('a notification that ended otherwise, asked for again', () => {
  it('was skipped, and stays skipped, although the reason is gone', async () => {
    const { request, datastore } = await openPostOffice();
    await datastore.suppressions.add({ address: '+15550100', reason: 'bounced', sinceMs: 0 });
    await request(aRequest());
    await datastore.suppressions.remove('+15550100');

    await request(aRequest());

    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms skipped suppressed');
  });

  it('is a dead letter, and waits for a person', async () => {
    const sms = failingChannel('sms', new ChannelError('permanent', { message: 'no' }));
    const { request, datastore } = await openPostOffice({ channels: [sms] });
    await request(aRequest());

    await request(aRequest());

    expect(sms.asked).toHaveLength(1);
    expect(await passingVerdicts(datastore, aRequest().id)).toEqual(['email duplicate']);
  });
});

it('two customers, two orders and two kinds of news are never duplicates of one another', async () => {
  const { request, emails } = await openPostOffice({ customers: [aCustomer(), aCustomer({ id: 'lee' })] });

  for (const customerId of ['kim', 'lee']) {
    for (const about of ['order-1', 'order-2']) {
      for (const type of ['order-shipped', 'order-delivered'] as const) {
        await request(aRequest({ customerId, about, type }));
      }
    }
  }

  expect(new Set(emails.all().map(({ deliveryId }) => deliveryId)).size).toBe(8);
});

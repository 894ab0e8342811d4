import { describe, expect, it } from 'vitest';
import { type Channel, ChannelError, UnknownRecipientError } from '../../src/delivery/index.ts';
import { InputError } from '../../src/kernel/index.ts';
import { failingChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { rejectionOf } from '../support/rejection.ts';
import { aRequest, noonMs } from '../support/requests.ts';

describe('a provider', () => {
  const refusal = (kind: 'permanent' | 'transient') => new ChannelError(kind, { message: 'no' });

  it.each([
    ['refuses for good', refusal('permanent'), 1, 'rejected'],
    ['is unavailable', refusal('transient'), 3, 'attempts_exhausted'],
    ['breaks off', new Error('socket hang up'), 3, 'outcome_unknown'],
    ['fails in a way of ours', new InputError({ message: 'no', help: 'none' }), 3, 'outcome_unknown'],
    ['throws something that is no error', 'oops', 3, 'outcome_unknown'],
    ['cannot be reached by fetch', new TypeError('fetch failed'), 3, 'outcome_unknown'],
    ['is asked by code that breaks off', new TypeError('points is not iterable'), 1, 'internal_error'],
  ])('that always %s is asked %i times, and makes a dead letter', async (_, error, times, reason) => {
    const sms = failingChannel('sms', error);
    const { request, finish, datastore } = await openPostOffice({ channels: [sms] });

    await request(aRequest());
    await finish();

    expect(await ledgerLines(datastore)).toContain(`order-shipped kim sms dead_lettered ${reason}`);
    expect(sms.asked).toEqual(Array.from({ length: times }, () => 'order-shipped:order-1:kim:sms'));
    const [entry] = await datastore.ledger.find('customerId', 'kim');
    expect(entry?.deliveries.find(({ channel }) => channel === 'sms')).toMatchObject({ attempts: times });
  });

  it('that refused was asked once, at the time that the ledger says', async () => {
    const channels = [failingChannel('sms', refusal('permanent'))];
    const { request, datastore } = await openPostOffice({ channels });

    await request(aRequest());

    const [entry] = await datastore.ledger.find('customerId', 'kim');
    const sms = entry?.deliveries.find(({ channel }) => channel === 'sms');
    expect(sms).toMatchObject({ attempts: 1, receipt: null, settledAtMs: noonMs, dueAtMs: null });
  });

  it('that throws before it is asynchronous is no different', async () => {
    const hasty: Channel = {
      name: 'sms',
      templates: 'sms',
      send() {
        throw new ChannelError('permanent', { message: 'no' });
      },
    };
    const { request, datastore } = await openPostOffice({ channels: [hasty] });

    await request(aRequest());

    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms dead_lettered rejected');
  });

  it.each(['email', 'sms'] as const)('of %s that fails does not stop the other', async (broken) => {
    const channel = failingChannel(broken, new Error('socket hang up'));
    const { request, datastore } = await openPostOffice({ channels: [channel] });

    await request(aRequest());

    const other = broken === 'email' ? 'sms' : 'email';
    expect(await ledgerLines(datastore)).toContain(`order-shipped kim ${other} sent sent`);
  });
});

describe('a notification that cannot be put into words', () => {
  it('is a dead letter on every channel that needs the missing variable, and goes nowhere', async () => {
    const { request, datastore, emails, texts } = await openPostOffice();

    await request(aRequest({ variables: {} }));

    expect(await ledgerLines(datastore)).toEqual([
      'order-shipped kim email dead_lettered internal_error',
      'order-shipped kim sms dead_lettered internal_error',
    ]);
    expect([...emails.all(), ...texts.all()]).toEqual([]);
    const [entry] = await datastore.ledger.find('customerId', 'kim');
    expect(entry?.deliveries.map(({ attempts }) => attempts)).toEqual([0, 0]);
  });

  it('does not stop the next', async () => {
    const { request, datastore } = await openPostOffice();

    await Promise.all([request(aRequest({ variables: {} })), request(aRequest({ about: 'order-2' }))]);

    expect(await datastore.ledger.counts()).toMatchObject({ sent: 2, deadLettered: 2, pending: 0 });
  });
});

describe('a customer whom nobody knows', () => {
  it('is an error that names them, and nothing is entered', async () => {
    const { request, datastore, decisions } = await openPostOffice();

    const error = await rejectionOf(() => request(aRequest({ customerId: 'nobody' })));

    expect(error).toBeInstanceOf(UnknownRecipientError);
    expect(error).toMatchObject({ code: 'unknown_recipient', message: expect.stringContaining('"nobody"') });
    expect(await ledgerLines(datastore)).toEqual([]);
    expect(decisions).toEqual([]);
  });

  it('does not stop those who are told at the same time', async () => {
    const { request, datastore } = await openPostOffice();

    const outcomes = await Promise.allSettled([
      request(aRequest({ customerId: 'nobody' })),
      request(aRequest({ customerId: 'kim' })),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2 });
  });
});

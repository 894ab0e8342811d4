import { describe, expect, it } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { type Channel, ChannelError, DeliveryService } from '../../src/delivery/index.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import { nextTurn } from '../support/bus.ts';
import { moodyChannel, patientChannel, slowChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines, passingVerdicts } from '../support/ledger.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { aRequest, hourMs, minuteMs, noonMs, secondMs } from '../support/requests.ts';
import { SettableClock } from '../support/settable-clock.ts';
import { until } from '../support/until.ts';

/** Moves the clock without waiting for a provider that will not answer. */
const pass = ({ clock }: PostOffice, ms: number): Promise<void> =>
  clock.advanceTo(clock.now() + ms, async () => {});

/** In a process that can stand still. */
async function aTextOnItsWay() {
  const clock = new SettableClock(noonMs);
  const sms = slowChannel('sms');
  const datastore = openDatastore();
  await datastore.customers.insert(aCustomer());
  const delivery = new DeliveryService({ clock, datastore, channels: [sms], random: seededRandom(1) });
  void delivery.request(aRequest());
  await until(() => sms.asked.length === 1);
  return { clock, sms, datastore, delivery };
}

describe('a provider that does not answer', () => {
  it('is waited for thirty seconds, and then nobody knows whether it was sent', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms] });
    void office.request(aRequest());
    await until(() => sms.asked.length === 1);

    await pass(office, 30 * secondMs - 1);
    expect(await passingVerdicts(office.datastore, aRequest().id)).toEqual([]);
    await pass(office, 1);
    await office.settle();

    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending outcome_unknown');
    expect(office.logged.join()).toContain('send_timeout');
  });

  it('is heard, when the process stood still meanwhile: it may have answered long ago', async () => {
    const { clock, sms, datastore, delivery } = await aTextOnItsWay();

    clock.passAtOnce(5 * minuteMs);
    await nextTurn();
    sms.answer();
    await delivery.settle();

    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms sent sent');
    expect(sms.asked).toHaveLength(1);
  });

  it('is given up all the same, half a minute after that', async () => {
    const { clock, datastore, delivery } = await aTextOnItsWay();

    clock.passAtOnce(5 * minuteMs);
    clock.passAtOnce(30 * secondMs);
    await delivery.settle();

    expect(await ledgerLines(datastore)).toContain('order-shipped kim sms pending outcome_unknown');
  });

  it('is waited for as long for each message', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms], retry: { maxAttempts: 1 } });
    for (const about of ['order-1', 'order-2', 'order-3']) {
      void office.request(aRequest({ about }));
      await until(() => sms.asked.length === Number(about.at(-1)));
      await pass(office, 10 * secondMs);
    }

    const given: number[] = [];
    for (let times = 0; times < 3; times++) {
      await until(() => office.decisions.length === 4 + times);
      given.push(office.clock.now() - noonMs);
      await pass(office, 10 * secondMs);
    }

    expect(given).toEqual([30, 40, 50].map((seconds) => seconds * secondMs));
  });

  it('may take as long as is set', async () => {
    const sms = patientChannel('sms', hourMs);
    const office = await openPostOffice({ channels: [sms], sendTimeoutMs: 2 * hourMs });
    const asked = office.request(aRequest());
    await office.settle();

    await office.advanceTo(noonMs + hourMs);
    await asked;

    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms sent sent');
  });

  it('is told by the signal that nobody waits any more', async () => {
    const reasons: unknown[] = [];
    const deaf: Channel = {
      name: 'sms',
      templates: 'sms',
      send: (_message, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => reasons.push(signal.reason));
        }),
    };
    const office = await openPostOffice({ channels: [deaf], retry: { maxAttempts: 1 } });
    void office.request(aRequest());
    await until(() => office.decisions.length === 1);

    await pass(office, 30 * secondMs);
    await office.settle();

    expect(reasons).toMatchObject([{ code: 'send_timeout' }]);
    expect(await ledgerLines(office.datastore)).toContain(
      'order-shipped kim sms dead_lettered outcome_unknown',
    );
  });

  it('holds up neither those behind it nor the clock when it answers all but one', async () => {
    const sms = moodyChannel('sms');
    const { send } = sms;
    sms.send = (message, context) => (sms.asked.length === 0 ? hang(sms.asked) : send(message, context));
    const office = await openPostOffice({ channels: [sms], sendTimeoutMs: hourMs });
    void office.request(aRequest());
    await until(() => sms.asked.length === 1);

    await office.request(aRequest({ about: 'order-2' }));
    await office.request(aRequest({ about: 'order-3' }));

    expect(sms.taken).toHaveLength(2);
  });
});

describe('an answer that comes too late', () => {
  it('changes nothing: the message has been sent again meanwhile, under the same key', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms] });
    void office.request(aRequest());
    await until(() => sms.asked.length === 1);
    await pass(office, 30 * secondMs);
    await office.settle();
    await pass(office, secondMs);
    await until(() => sms.asked.length === 2);

    sms.answer();
    await office.settle();

    expect(sms.asked).toEqual(['order-shipped:order-1:kim:sms', 'order-shipped:order-1:kim:sms']);
    expect(office.decisions.filter(({ status }) => status === 'sent')).toHaveLength(2);
    expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 2, sent: 2 });
  });

  it('does not hide that another message is still without one', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms], retry: { maxAttempts: 1 } });
    void office.request(aRequest());
    await until(() => sms.asked.length === 1);
    await pass(office, 30 * secondMs);
    await office.settle();
    void office.request(aRequest({ about: 'order-2' }));
    await until(() => sms.asked.length === 2);

    sms.answerOne();
    await new Promise(setImmediate);
    await pass(office, 30 * secondMs);
    await office.settle();

    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 2, deadLettered: 2 });
  });

  it('is not needed from a channel that knows, when it is given up, that nothing has left', async () => {
    const connecting: Channel = {
      name: 'sms',
      templates: 'sms',
      async send(_message, { wait }) {
        await wait(hourMs).catch((cause) => {
          throw new ChannelError('transient', { message: 'not connected yet', cause });
        });
        return { id: 'never' };
      },
    };
    const office = await openPostOffice({ channels: [connecting] });
    void office.request(aRequest());
    await office.settle();

    await office.advanceTo(noonMs + 30 * secondMs);

    expect(await passingVerdicts(office.datastore, aRequest().id)).toEqual(['sms provider_unavailable']);
  });
});

it('a channel that gives no receipt is a mistake of ours, and is not asked again', async () => {
  const careless = { name: 'sms', templates: 'sms', send: async () => undefined } as unknown as Channel;
  const office = await openPostOffice({ channels: [careless] });

  await office.request(aRequest());

  expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms dead_lettered internal_error');
});

it('when every message is answered, no timer is left behind', async () => {
  const office = await openPostOffice();

  await office.request(aRequest());

  expect(office.clock.nextDueMs()).toBeUndefined();
});

function hang(asked: string[]): Promise<never> {
  asked.push('the one that hangs');
  return new Promise(() => {});
}

import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/delivery/index.ts';
import { moodyChannel, patientChannel, slowChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { aRequest, noonMs, secondMs } from '../support/requests.ts';
import { until } from '../support/until.ts';

const orders = (count: number): string[] => Array.from({ length: count }, (_, index) => `order-${index}`);

const ask = ({ delivery }: PostOffice, abouts: readonly string[]) =>
  Promise.all(abouts.map((about) => delivery.request(aRequest({ about }))));

describe('a request', () => {
  it('is done when it is in the ledger, however long its providers take', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms] });

    await office.delivery.request(aRequest());

    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms pending ');
    sms.answer();
    await office.settle();
    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms sent sent');
  });

  it('whose caller waits is done when every provider has answered, and says how each delivery stands', async () => {
    const office = await openPostOffice({ channels: [patientChannel('sms', 50)] });
    let standing: readonly object[] | undefined;
    void office.delivery.deliver(aRequest()).then((deliveries) => {
      standing = deliveries;
    });
    await office.settle();
    expect(standing).toBeUndefined();

    await office.advanceTo(noonMs + 50);
    await until(() => standing !== undefined);

    expect(standing).toMatchObject([
      { channel: 'email', status: 'sent', receipt: expect.any(String) },
      { channel: 'sms', status: 'sent', settledAtMs: noonMs + 50 },
    ]);
  });

  it('whose caller waits says what is to wait in the ledger, and what was sent before', async () => {
    const nowMs = Date.parse('2026-03-02T23:30:00.000Z');
    const office = await openPostOffice({ customers: [aCustomer({ quietHours: atNight })], nowMs });

    const first = await office.delivery.deliver(aRequest());
    const second = await office.delivery.deliver(aRequest());

    const waits = { channel: 'sms', status: 'pending', reason: 'quiet_hours' };
    expect(first).toMatchObject([{ channel: 'email', status: 'sent' }, waits]);
    expect(second).toEqual(first);
  });
});

describe('a provider that stalls', () => {
  it('delays no message of another channel', async () => {
    const office = await openPostOffice({ channels: [slowChannel('sms')], maxInHand: 10 });

    await ask(office, orders(90));
    await until(() => office.decisions.length === 90);

    expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 180, sent: 90, pending: 90 });
  });

  it('has so many in hand, and the rest waits in the ledger, due, without a verdict', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms], maxInHand: 10 });

    await ask(office, orders(90));
    await until(() => office.emails.all().length === 90);

    expect(sms.asked).toHaveLength(10);
    expect(await office.datastore.ledger.nextDueMs('sms')).toBe(noonMs);
    const verdicts = await office.datastore.ledger.verdicts(
      orders(90).map((about) => aRequest({ about }).id),
    );
    expect(verdicts).toEqual([]);
  });

  it('gets it all in the end, each once, and never more at once', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms], maxInHand: 10 });
    await ask(office, orders(90));

    for (let answered = 0; answered < 90; ) {
      await until(() => sms.asked.length > answered);
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      expect(sms.asked.length - answered).toBeLessThanOrEqual(10);
      answered = sms.asked.length;
      sms.answer();
    }
    await office.settle();

    expect(new Set(sms.asked).size).toBe(90);
    expect(await office.datastore.ledger.counts()).toMatchObject({ requested: 180, sent: 180 });
  });

  it('lets those that wait get through a stream of news', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms], maxInHand: 10 });
    await ask(office, orders(50));

    for (let drop = 0; drop < 85; drop++) {
      const answered = office.decisions.length;
      sms.answerOne();
      await ask(office, [`then-${drop}`]);
      await until(() => office.decisions.length >= answered + 2);
    }

    const first = orders(50).map((about) => `${aRequest({ about }).id}:sms`);
    expect(first.filter((key) => !sms.asked.includes(key))).toEqual([]);
    expect(sms.asked.some((key) => key.includes('then'))).toBe(true);
  });
});

describe('settling', () => {
  it('waits for a provider that is slow', async () => {
    const sms = slowChannel('sms');
    const office = await openPostOffice({ channels: [sms] });
    await office.delivery.request(aRequest());
    let isSettled = false;
    const settling = office.settle().then(() => {
      isSettled = true;
    });

    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(isSettled).toBe(false);

    sms.answer();
    await settling;
  });

  it('does not wait for one that waits on the clock: only time is missing', async () => {
    const sms = patientChannel('sms', secondMs);
    const office = await openPostOffice({ channels: [sms], maxInHand: 5 });
    await ask(office, orders(12));

    await office.settle();
    expect(sms.taken).toEqual([]);

    await office.advanceTo(noonMs + secondMs);
    expect(sms.taken).toHaveLength(5);
    await office.finish();
    expect(sms.taken).toHaveLength(12);
    expect(office.clock.now()).toBe(noonMs + 3 * secondMs);
  });

  it('is not deceived by a channel that answers while it still waits', async () => {
    const hasty: Channel = {
      name: 'sms',
      templates: 'sms',
      async send(_message, { wait }) {
        void wait(secondMs);
        return { id: 'before the end' };
      },
    };
    const office = await openPostOffice({ channels: [hasty] });
    await office.request(aRequest());
    await office.settle();

    expect(await ledgerLines(office.datastore)).toContain('order-shipped kim sms sent sent');
    expect(office.clock.nextDueMs()).toBeUndefined();
    await office.request(aRequest({ about: 'order-2' }));
    await office.settle();
    expect(await office.datastore.ledger.counts()).toMatchObject({ sent: 4 });
  });

  it('counts a channel as waiting until the last of its waits is over', async () => {
    const sms = moodyChannel('sms');
    const twice: Channel = {
      ...sms,
      async send(message, context) {
        await Promise.all([context.wait(10), context.wait(20)]);
        await context.wait(10);
        return sms.send(message, context);
      },
    };
    const office = await openPostOffice({ channels: [twice] });
    await office.delivery.request(aRequest());

    await office.advanceTo(noonMs + 29);
    expect(sms.taken).toEqual([]);
    await office.advanceTo(noonMs + 30);

    expect(sms.taken).toHaveLength(1);
  });
});

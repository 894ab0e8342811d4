import { describe, expect, it } from 'vitest';
import { ChannelError, type DueDelivery } from '../../src/delivery/index.ts';
import { moodyChannel, patientChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, minuteMs, noonMs, secondMs } from '../support/requests.ts';

describe('a caller that says itself when a delivery is sent', () => {
  it('enters the deliveries, and none of them is sent until it says so', async () => {
    const office = await openPostOffice();
    const notification = aRequest();

    const entered = await office.delivery.enter(notification);
    await office.settle();
    expect(entered.map(({ channel, status }) => [channel, status])).toEqual([
      ['email', 'pending'],
      ['sms', 'pending'],
    ]);
    expect(office.emails.count + office.texts.count).toBe(0);

    const sent = await Promise.all(
      entered.map((delivery) => office.delivery.send({ notification, delivery })),
    );

    expect(sent.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['sent', 1],
      ['sent', 1],
    ]);
    expect([office.emails.count, office.texts.count]).toEqual([1, 1]);
  });

  it('is given only what is new when it enters a notification again', async () => {
    const { delivery } = await openPostOffice();
    await delivery.enter(aRequest());

    expect(await delivery.enter(aRequest())).toEqual([]);
  });

  it('is handed what is due instead of its being sent', async () => {
    const sms = moodyChannel('sms', new ChannelError('transient', { message: 'not now' }));
    const due: DueDelivery[] = [];
    const office = await openPostOffice({
      channels: [sms],
      onDue: async (delivery) => void due.push(delivery),
    });
    await office.request(aRequest());

    await office.advanceTo(noonMs + minuteMs);

    expect(due.map(({ delivery: { channel, attempts } }) => [channel, attempts])).toEqual([['sms', 1]]);
    expect(sms.asked).toHaveLength(1);
  });

  it('that rejects what is due is handed it once more a little later', async () => {
    const sms = moodyChannel('sms', new ChannelError('transient', { message: 'not now' }));
    let offered = 0;
    const office = await openPostOffice({
      channels: [sms],
      onDue: async () => {
        if (++offered === 1) throw new Error('the bus is closed');
      },
    });
    await office.request(aRequest());

    await office.advanceTo(noonMs + minuteMs);

    expect(offered).toBe(2);
  });

  it('is handed no more than have a place, until it sends them', async () => {
    const sms = patientChannel('sms', 20 * secondMs);
    const due: DueDelivery[] = [];
    const office = await openPostOffice({
      channels: [sms],
      maxInHand: 8,
      onDue: async (task) => void (task.delivery.channel === 'sms' && due.push(task)),
    });
    const requests = Array.from({ length: 40 }, (_, index) => aRequest({ about: `order-${index}` }));
    for (const request of requests) await office.delivery.enter(request);
    await office.datastore.ledger.resumeOrphaned(noonMs);
    await office.delivery.start();
    await office.settle();

    expect(due).toHaveLength(8);

    // The provider takes its time, and the places remain taken.
    for (const delivery of due) void office.delivery.send(delivery);
    await office.settle();

    expect(sms.asked).toHaveLength(8);
    expect(due).toHaveLength(8);
  });

  it('that never sends what it was handed does not keep the places for ever: the next one has its turn', async () => {
    const handed: string[] = [];
    const onDue = async ({ notification, delivery }: DueDelivery) =>
      void (delivery.channel === 'sms' && handed.push(notification.subject));
    const office = await openPostOffice({ channels: [moodyChannel('sms')], maxInHand: 1, onDue });
    await office.delivery.enter(aRequest({ about: 'order-1' }));
    await office.datastore.ledger.resumeOrphaned(noonMs);
    await office.delivery.start();
    await office.advanceTo(noonMs + 9 * minuteMs);
    void office.request(aRequest({ about: 'order-2' }));

    await office.advanceTo(noonMs + 10 * minuteMs - 1);
    expect(handed).toHaveLength(1);
    await office.advanceTo(noonMs + 20 * minuteMs);

    expect(new Set(handed.slice(0, 2)).size).toBe(2);
    expect(handed).toHaveLength(3);
  });

  it('may bring what is said of one subject in any order: what was entered first is sent first', async () => {
    const sms = moodyChannel('sms');
    const office = await openPostOffice({ channels: [sms] });
    const types = ['order-confirmed', 'order-shipped', 'order-delivered'] as const;
    const tasks: DueDelivery[] = [];
    const keys: string[] = [];
    for (const type of types) {
      const notification = aRequest({ type });
      const entered = await office.delivery.enter(notification);
      const text = entered.find(({ channel }) => channel === 'sms');
      if (text === undefined) continue;
      tasks.push({ notification, delivery: text });
      keys.push(`${notification.id}:sms`);
    }

    await Promise.all(tasks.reverse().map((task) => office.delivery.send(task)));

    expect(sms.taken).toEqual(keys);
  });

  it('that loses one holds up those behind it of the same subject for ten minutes, and no others', async () => {
    const sms = moodyChannel('sms');
    const office = await openPostOffice({ channels: [sms] });
    const send = async (notification: DueDelivery['notification']) => {
      const entered = await office.delivery.enter(notification);
      return () => {
        for (const delivery of entered) void office.delivery.send({ notification, delivery });
      };
    };
    const lost = aRequest({ type: 'order-confirmed' });
    const behind = aRequest({ type: 'order-shipped' });
    const other = aRequest({ about: 'order-2' });
    await office.delivery.enter(lost);
    for (const bring of [await send(behind), await send(other)]) bring();

    await office.advanceTo(noonMs + 10 * minuteMs - 1);
    expect(sms.taken).toEqual([`${other.id}:sms`]);
    await office.advanceTo(noonMs + 10 * minuteMs + secondMs);

    // It is due anew then, and no more in front of them.
    expect(sms.taken).toEqual([other, behind, lost].map(({ id }) => `${id}:sms`));
  });

  it('that never sends what it entered is not waited for: ten minutes later it is due', async () => {
    const due: string[] = [];
    const office = await openPostOffice({ onDue: async ({ delivery }) => void due.push(delivery.channel) });
    await office.delivery.enter(aRequest());

    await office.advanceTo(noonMs + 10 * minuteMs - 1);
    expect(due).toEqual([]);

    await office.advanceTo(noonMs + 10 * minuteMs);
    expect(due.sort()).toEqual(['email', 'sms']);
  });

  it('that never sends what it was handed is handed it again', async () => {
    const due: DueDelivery[] = [];
    const office = await openPostOffice({ maxInHand: 1, onDue: async (task) => void due.push(task) });
    const notification = aRequest();
    const [mail] = await office.delivery.enter(notification);

    await office.advanceTo(noonMs + 40 * minuteMs);
    expect(due).toHaveLength(2 * 4);
    for (const { delivery } of due.slice(-2)) await office.delivery.send({ notification, delivery });
    await office.finish();

    expect(mail?.channel).toBe('email');
    expect(due).toHaveLength(2 * 4);
    expect([office.emails.count, office.texts.count]).toEqual([1, 1]);
  });

  it('that sends what it entered keeps nothing waiting on the clock', async () => {
    const office = await openPostOffice();
    const notification = aRequest();
    const entered = await office.delivery.enter(notification);

    await Promise.all(entered.map((delivery) => office.delivery.send({ notification, delivery })));

    expect(office.clock.nextDueMs()).toBeUndefined();
  });

  it('and stops leaves what it entered to the next process, and nothing on the clock', async () => {
    const office = await openPostOffice();
    await office.delivery.enter(aRequest());

    await office.delivery.stop();

    expect(office.clock.nextDueMs()).toBeUndefined();
    expect((await office.datastore.ledger.orphaned(9)).length).toBe(2);
  });

  it('finds a delivery due in the ledger when the queue of its channel is full', async () => {
    const sms = moodyChannel('sms');
    const office = await openPostOffice({ channels: [sms], maxInHand: 1 });
    const requests = ['order-1', 'order-2', 'order-3'].map((about) => aRequest({ about }));
    const entered = await Promise.all(requests.map((request) => office.delivery.enter(request)));

    await Promise.all(
      requests.flatMap((notification, index) =>
        (entered[index] ?? []).map((delivery) => office.delivery.send({ notification, delivery })),
      ),
    );
    await office.advanceTo(noonMs + secondMs);

    expect(sms.taken).toHaveLength(3);
    expect((await office.datastore.ledger.counts()).pending).toBe(0);
  });
});

describe('a caller that declines', () => {
  it('leaves on record which rule speaks against it, on every channel', async () => {
    const office = await openPostOffice({ customers: [aCustomer({ segment: 'standard', phone: null })] });

    const declined = await office.delivery.decline(aRequest({ type: 'price-drop' }));

    expect(declined.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(await ledgerLines(office.datastore)).toEqual([
      'price-drop kim email skipped segment_not_eligible',
      'price-drop kim sms skipped segment_not_eligible',
    ]);
  });

  it('is refused when no rule speaks against it, and nothing is entered', async () => {
    const office = await openPostOffice();

    await expect(office.delivery.decline(aRequest())).rejects.toMatchObject({ code: 'nothing_to_decline' });

    expect(await ledgerLines(office.datastore)).toEqual([]);
  });
});

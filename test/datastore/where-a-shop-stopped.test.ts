import { describe, expect, test } from 'vitest';
import { type Datastore, type DeadMessage, nothingConsumed } from '../../src/datastore/index.ts';
import { stockSampleShop } from '../../src/shop/index.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { eventMaker } from '../support/events.ts';
import { aDelivery, anEntry } from '../support/records.ts';

const at = (time: string): number => Date.parse(`2026-03-02T${time}Z`);
const noon = at('12:00:00');

const retry = (subscriber: string, position: number, firstFailedAtMs = 1) => {
  return { subscriber, position, attempts: 1, dueAtMs: at('23:00:00'), firstFailedAtMs };
};

const aDeadMessage: DeadMessage = {
  subscriber: 'mailer',
  position: 1,
  messageId: 'event-1',
  messageType: 'PriceChanged',
  message: '{}',
  errorName: 'Error',
  errorCode: null,
  errorMessage: 'broken',
  attempts: 3,
  firstFailedAtMs: at('11:00:00'),
  lastFailedAtMs: noon,
};

const key = { notificationId: 'n-1', channel: 'email' };

const log =
  (id: string, time: string) =>
  ({ eventLog }: Datastore): Promise<void> =>
    eventLog.append([{ ...eventMaker().registered('kim'), id, time }]);

/** Each leaves something of noon behind, in a place of its own. */
const traces: Readonly<Record<string, (datastore: Datastore) => Promise<unknown>>> = {
  'an event': log('event-2', '2026-03-02T12:00:00.000Z'),
  'an event of another zone': log('event-2', '2026-03-02T14:00:00+02:00'),
  'a request': ({ ledger }) => ledger.open([anEntry('n-2', ['email'], { requestedAtMs: noon })]),
  'the end of a delivery': ({ ledger }) =>
    ledger.record([aDelivery('n-1', 'email', { status: 'sent', settledAtMs: noon })], []),
  'a verdict': ({ ledger }) =>
    ledger.record([], [{ ...key, atMs: noon, reason: 'quiet_hours', untilMs: at('22:00:00') }]),
  'a failure': ({ ledger }) =>
    ledger.record(
      [],
      [],
      [{ ...key, errorCode: 'e', errorMessage: '', firstFailedAtMs: 1, lastFailedAtMs: noon }],
    ),
  'a retry of a message': ({ consumption }) =>
    consumption.commit({ ...nothingConsumed, retries: [retry('mailer', 1, noon)] }),
  'a dead message': ({ consumption }) => consumption.commit({ ...nothingConsumed, dead: [aDeadMessage] }),
};

describe('the latest moment on record', () => {
  test.each(Object.entries(traces))('may be that of %s', async (_, leave) => {
    const datastore = await emptyDatastore();
    await log('event-1', '2026-03-02T11:59:59.999Z')(datastore);
    await datastore.ledger.open([anEntry('n-1', ['email'], { requestedAtMs: at('11:30:00') })]);

    await leave(datastore);

    expect(await datastore.statistics.latestMs()).toBe(noon);
  });

  test('is not a time in the future for which something waits', async () => {
    const datastore = await emptyDatastore();
    await datastore.ledger.open([anEntry('n-1', ['email'], { requestedAtMs: noon })]);
    await datastore.ledger.record([aDelivery('n-1', 'email', { dueAtMs: at('22:00:00') })], []);

    expect(await datastore.statistics.latestMs()).toBe(noon);
  });

  test('is none where nothing has happened, whatever the shop holds', async () => {
    const datastore = await emptyDatastore();
    await stockSampleShop(datastore);

    expect(await datastore.statistics.latestMs()).toBeUndefined();
  });
});

describe('what a subscriber has before it', () => {
  /** Ten events: Kim registers and a price changes, in turn. */
  async function withTenEvents(): Promise<Datastore> {
    const datastore = await emptyDatastore();
    const make = eventMaker();
    await datastore.consumption.enter('mailer');
    await datastore.consumption.enter('auditor');
    const append = Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0 ? make.registered('kim') : make.priceChanged('helmet'),
    );
    await datastore.consumption.commit({ ...nothingConsumed, append });
    return datastore;
  }

  test('is counted from its checkpoint on, by type', async () => {
    const datastore = await withTenEvents();
    const progress = [{ subscriber: 'mailer', position: 7, ahead: [], passesAhead: false }];
    await datastore.consumption.commit({ ...nothingConsumed, progress });
    await datastore.consumption.enter('latecomer');

    expect(await datastore.statistics.backlog()).toEqual([
      { subscriber: 'auditor', unseen: { CustomerRegistered: 5, PriceChanged: 5 }, retries: 0 },
      { subscriber: 'latecomer', unseen: {}, retries: 0 },
      { subscriber: 'mailer', unseen: { CustomerRegistered: 1, PriceChanged: 2 }, retries: 0 },
    ]);
  });

  test('is not what it has handled ahead of its checkpoint, but what it is to be given again', async () => {
    const datastore = await withTenEvents();
    const progress = [{ subscriber: 'mailer', position: 7, ahead: [8, 10], passesAhead: false }];
    const retries = [retry('mailer', 1), retry('mailer', 2), retry('auditor', 1)];

    await datastore.consumption.commit({ ...nothingConsumed, progress, retries });

    expect((await datastore.statistics.backlog())[1]).toEqual({
      subscriber: 'mailer',
      unseen: { CustomerRegistered: 1 },
      retries: 2,
    });
  });
});

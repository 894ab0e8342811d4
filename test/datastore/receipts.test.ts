import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { type DeliveryRecord, type Ledger, openDatastore } from '../../src/datastore/index.ts';
import { ledger as ledgerOf } from '../../src/datastore/ledger.ts';
import { migrations } from '../../src/datastore/migrations.ts';
import { emptyDatastore, hasServer } from '../support/a-datastore.ts';
import { queryPlanOf } from '../support/query-plan.ts';
import { anEntry, aReceipt, requestedAtMs, sent } from '../support/records.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const message = { channel: 'email', providerMessageId: 'receipt-1' };

/** With n-1 sent by email as `receipt-1`, and n-2 not sent. */
async function openWithOneSent(): Promise<Ledger> {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1'), anEntry('n-2')]);
  await ledger.record([sent('n-1', 'email')], []);
  return ledger;
}

const sentAs = (id: string, receipt: string, differences: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  ...sent(id, 'email'),
  receipt,
  ...differences,
});

describe('a receipt', () => {
  it('is joined to the delivery that was sent under its id, and stands as it came', async () => {
    const ledger = await openWithOneSent();
    const receipt = aReceipt({
      status: 'bounced',
      recipient: 'kim@example.com',
      atMs: 5,
      code: '5.1.1',
      meaning: 'code 5.1.1: no such mailbox',
      suppress: 'bounced',
      detail: '550 5.1.1 no such user',
    });
    const joined = { notificationId: 'n-1', channel: 'email', customerId: 'kim', receipt };

    expect(await ledger.addReceipts([receipt])).toEqual([true]);
    expect(await ledger.joinReceipts([message])).toEqual([joined]);

    expect(await ledger.receipts(['n-1', 'n-2'])).toEqual([joined]);
    expect(await ledger.hasEarlyReceipts()).toBe(false);
  });

  it('leaves the delivery and the counts as they were', async () => {
    const ledger = await openWithOneSent();
    const before = [await ledger.find('id', 'n-1'), await ledger.counts()];

    await ledger.addReceipts([aReceipt({ status: 'bounced' })]);
    await ledger.joinReceipts();

    expect([await ledger.find('id', 'n-1'), await ledger.counts()]).toEqual(before);
  });

  it('that comes a second time is none, also within one batch; the first stands', async () => {
    const ledger = await openWithOneSent();
    const [first, later] = [aReceipt(), aReceipt({ takenAtMs: requestedAtMs + 99_000 })];

    expect(await ledger.addReceipts([first, later])).toEqual([true, false]);
    expect(await ledger.addReceipts([later, aReceipt({ status: 'bounced' })])).toEqual([false, true]);

    await ledger.joinReceipts();
    const kept = (await ledger.receipts(['n-1'])).map(({ receipt }) => receipt);
    expect(kept).toEqual([aReceipt({ status: 'bounced' }), first]);
  });

  it('about another recipient of the message is another; in another spelling it is the same', async () => {
    const ledger = await openWithOneSent();
    const about = (recipient: string) => aReceipt({ recipient });

    await ledger.addReceipts([about('kim@example.com')]);

    expect(await ledger.addReceipts([about('Kim@EXAMPLE.com'), about('lee@example.com')])).toEqual([
      false,
      true,
    ]);
  });

  it('of the same id on another channel is of another message', async () => {
    const ledger = await openWithOneSent();

    await ledger.addReceipts([aReceipt({ channel: 'sms' })]);

    expect(await ledger.joinReceipts()).toEqual([]);
  });

  it('that comes before its delivery is sent waits, and is joined when it is', async () => {
    const ledger = await openWithOneSent();
    const early = { channel: 'email', providerMessageId: 'receipt-2' };
    await ledger.addReceipts([aReceipt(early)]);
    expect([await ledger.joinReceipts([early]), await ledger.sentAs([early])]).toEqual([[], [undefined]]);
    expect(await ledger.hasEarlyReceipts()).toBe(true);

    await ledger.record([sentAs('n-2', 'receipt-2')], []);

    expect(await ledger.joinReceipts([early])).toMatchObject([{ notificationId: 'n-2' }]);
    expect(await ledger.joinReceipts([early])).toEqual([]);
  });

  it('belongs to the delivery that was sent last, where a provider gives an id twice, and stays there', async () => {
    const ledger = await openWithOneSent();
    await ledger.record([sentAs('n-2', 'receipt-1', { settledAtMs: requestedAtMs + 50 })], []);
    await ledger.addReceipts([aReceipt()]);

    expect(await ledger.joinReceipts()).toMatchObject([{ notificationId: 'n-2' }]);
    expect(await ledger.sentAs([message])).toMatchObject([{ notificationId: 'n-2' }]);
  });

  it('of a message that nobody knows is forgotten after a while, and no other', async () => {
    const ledger = await openWithOneSent();
    const unknown = (id: string, takenAtMs: number) => aReceipt({ providerMessageId: id, takenAtMs });
    await ledger.addReceipts([unknown('x-1', 10), unknown('x-2', 20), unknown('receipt-1', 10)]);
    await ledger.joinReceipts();

    expect(await ledger.forgetEarlyReceipts(20, 100)).toBe(1);
    expect(await ledger.hasEarlyReceipts()).toBe(true);
    expect(await ledger.forgetEarlyReceipts(21, 100)).toBe(1);
    expect(await ledger.receipts(['n-1'])).toHaveLength(1);
  });
});

it('whatever was sent is found by the id of its provider, in the order of the question', async () => {
  const ledger = await openWithOneSent();
  const unknown = { ...message, providerMessageId: 'receipt-9' };

  expect(await ledger.sentAs([unknown, message])).toEqual([
    undefined,
    { notificationId: 'n-1', channel: 'email', customerId: 'kim' },
  ]);
});

it('receipts are joined and found without reading the whole ledger', async () => {
  const plan = await queryPlanOf(async (db) => {
    const ledger = ledgerOf(db, (work) => work(db));
    await ledger.addReceipts([aReceipt()]);
    await ledger.joinReceipts([message]);
    await ledger.joinReceipts();
    await ledger.sentAs([message]);
    await ledger.receipts(['n-1']);
    await ledger.forgetEarlyReceipts(1, 1);
  });

  const scans = plan.filter((line) => /^SCAN (?!wanted|json_each|VIRTUAL)/.test(line));
  expect(scans.filter((line) => !line.includes('delivery_receipt_early'))).toEqual([]);
  expect(plan.filter((line) => line.includes('delivery_by_receipt')).length).toBeGreaterThanOrEqual(3);
});

describe('the statistics of receipts', () => {
  it.each([
    [['delivered', 'bounced'], 'bounced'],
    [['bounced', 'delivered'], 'bounced'],
    [['delivered', 'failed'], 'delivered'],
    [['failed', 'delivered'], 'delivered'],
    [['failed', 'bounced'], 'bounced'],
    [['failed'], 'failed'],
  ] as const)('count a delivery of which %j was reported as %s', async (statuses, counted) => {
    const datastore = await emptyDatastore();
    await datastore.ledger.open([anEntry('n-1')]);
    await datastore.ledger.record([sent('n-1', 'email')], []);
    for (const [index, status] of statuses.entries())
      await datastore.ledger.addReceipts([aReceipt({ status, takenAtMs: requestedAtMs + index })]);
    await datastore.ledger.joinReceipts();

    const { receipts } = await datastore.statistics.deliveries();

    expect(receipts).toEqual([{ channel: 'email', status: counted, count: 1 }]);
  });

  it('leave out what belongs to no delivery, and the clock of the provider', async () => {
    const datastore = await emptyDatastore();
    await datastore.ledger.addReceipts([aReceipt({ takenAtMs: 700, atMs: 9_000_000 })]);

    expect((await datastore.statistics.deliveries()).receipts).toEqual([]);
    expect(await datastore.statistics.latestMs()).toBe(700);
  });
});

it.skipIf(hasServer)(
  'a file of before receipts were kept takes them, of what was sent then too',
  async () => {
    const file = temporaryFile('shop.db');
    const place = migrations.findIndex(
      (step) => typeof step === 'string' && step.includes('delivery_receipt'),
    );
    const older = new Database(file);
    older.exec(
      migrations
        .slice(0, place)
        .filter((step) => typeof step === 'string')
        .join(';'),
    );
    older.exec(`
    insert into notification values (1, 'n-1', 'welcome', 'kim', 'kim', 'e-1', 'c-1', 0, 0, '{}');
    insert into delivery (notification_id, channel, status, reason, settled_at, attempts, receipt)
      values ('n-1', 'email', 'sent', 'sent', 0, 1, '${aReceipt().providerMessageId}');
    pragma application_id = ${0x6e6f7469}; pragma user_version = ${place}`);
    older.close();

    const reopened = openDatastore({ file });
    await reopened.ledger.addReceipts([aReceipt()]);

    expect(await reopened.ledger.joinReceipts()).toMatchObject([{ notificationId: 'n-1' }]);
    await reopened.close();
  },
);

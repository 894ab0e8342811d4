import { describe, expect, it } from 'vitest';
import type { Datastore } from '../../src/datastore/index.ts';
import { createReceipts, type TakenReceipt } from '../../src/delivery/index.ts';
import type { ReportedReceipt } from '../../src/delivery/receipts/reported-receipt.ts';
import type { VirtualClock } from '../../src/kernel/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { aRequest, minuteMs, noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const mailId = 'captured-order-shipped:order-1:kim:email';
const textId = 'captured-order-shipped:order-1:kim:sms';

const delivered: ReportedReceipt = { channel: 'sms', providerMessageId: textId, status: 'delivered' };
const bounced: ReportedReceipt = {
  channel: 'email',
  providerMessageId: mailId,
  status: 'bounced',
  code: '5.1.1',
  detail: 'smtp; 550 5.1.1 <kim@example.com>: no such user',
};

async function openWithOneSent(options: Parameters<typeof openPostOffice>[0] = {}) {
  const office = await openPostOffice(options);
  await office.request(aRequest());
  return { ...office, ...receiptsOn(office) };
}

function receiptsOn({ clock, datastore }: { clock: VirtualClock; datastore: Datastore }) {
  const logger = recordingLogger();
  const receipts = createReceipts({ clock, datastore, logger });
  return { take: receipts.take, warned: logger.lines };
}

const results = (taken: readonly TakenReceipt[]) => taken.map(({ result }) => result);
const suppressed = async ({ suppressions }: Datastore) =>
  (await suppressions.list({ limit: 9 })).map(({ address }) => address);
const standing = async (datastore: Datastore) => (await datastore.statistics.deliveries()).receipts;

describe('a receipt', () => {
  it('stands beside its delivery, which stays as it was', async () => {
    const { take, datastore } = await openWithOneSent();
    const before = await ledgerLines(datastore);

    const [taken] = await take([delivered]);

    expect(taken).toMatchObject({
      result: 'recorded',
      delivery: { notificationId: 'order-shipped:order-1:kim', channel: 'sms', customerId: 'kim' },
      isSuppressed: false,
    });
    expect(await standing(datastore)).toEqual([{ channel: 'sms', status: 'delivered', count: 1 }]);
    expect(await ledgerLines(datastore)).toEqual(before);
  });

  it('that comes twice changes nothing the second time, also within one batch', async () => {
    const { take, datastore } = await openWithOneSent();

    expect(results(await take([bounced, bounced]))).toEqual(['recorded', 'repeated']);
    await datastore.suppressions.remove('kim@example.com');
    expect(results(await take([bounced]))).toEqual(['repeated']);

    expect(await suppressed(datastore)).toEqual([]);
  });

  it.each([
    [['delivered', 'bounced'], 'bounced'],
    [['bounced', 'delivered'], 'bounced'],
    [['delivered', 'failed'], 'delivered'],
    [['failed', 'delivered'], 'delivered'],
  ] as const)('of %j, in whatever order and whatever the clock says, %s counts', async (statuses, counts) => {
    const { take, datastore } = await openWithOneSent();

    for (const [index, status] of statuses.entries())
      await take([{ ...delivered, status, atMs: noonMs - index * minuteMs }]);

    expect(await standing(datastore)).toEqual([{ channel: 'sms', status: counts, count: 1 }]);
  });

  it('is found by a Message-ID with its brackets or without', async () => {
    const { take } = await openWithOneSent();

    expect(results(await take([{ ...bounced, providerMessageId: `<${mailId}>` }]))).toEqual(['recorded']);
  });

  it('of a message that nobody knows is an answer, and a line in the log without an address', async () => {
    const { take, warned } = await openWithOneSent();

    const [taken] = await take([{ ...bounced, providerMessageId: 'x', recipient: 'kim@example.com' }]);

    expect(taken).toMatchObject({ result: 'unknown', delivery: null, isSuppressed: false });
    expect(warned).toHaveLength(1);
    expect(JSON.stringify(warned)).toContain('a receipt for a message that nobody knows');
    expect(JSON.stringify(warned)).not.toContain('kim@');
  });

  it('of a message that nobody knows is forgotten after a day', async () => {
    const { take, clock, datastore } = await openWithOneSent();
    await take([{ ...delivered, providerMessageId: 'x' }]);

    await clock.advanceTo(noonMs + 24 * 60 * minuteMs + 1, async () => {});
    await take([delivered]);

    expect(await datastore.ledger.hasEarlyReceipts()).toBe(false);
  });

  it('from a clock that is ahead moves no clock of ours', async () => {
    const { take, datastore } = await openWithOneSent();

    await take([{ ...delivered, atMs: noonMs + 365 * 24 * 60 * minuteMs }]);

    expect(await datastore.statistics.latestMs()).toBe(noonMs);
  });

  it('is found after a restart, by another process on the same file', async () => {
    const file = temporaryFile('shop.db');
    const first = await openWithOneSent({ file });
    await first.close();

    const second = await openPostOffice({ file, nowMs: noonMs + minuteMs });

    expect(results(await receiptsOn(second).take([delivered]))).toEqual(['recorded']);
    await second.close();
  });

  it('is one of thousands that come at once, each with its own answer', async () => {
    const customers = Array.from({ length: 1200 }, (_, index) => aCustomer({ id: `c-${index}` }));
    const office = await openPostOffice({ customers });
    await Promise.all(customers.map(({ id }) => office.request(aRequest({ customerId: id }))));
    await office.settle();
    const reported = customers.map(({ id }) => ({
      ...delivered,
      providerMessageId: `captured-order-shipped:order-1:${id}:sms`,
    }));

    const taken = await receiptsOn(office).take([...reported, ...reported]);

    expect(new Set(results(taken.slice(0, 1200)))).toEqual(new Set(['recorded']));
    expect(new Set(results(taken.slice(1200)))).toEqual(new Set(['repeated']));
    expect(taken.map(({ delivery }) => delivery?.customerId).slice(0, 1200)).toEqual(
      customers.map(({ id }) => id),
    );
    expect(await standing(office.datastore)).toEqual([{ channel: 'sms', status: 'delivered', count: 1200 }]);
  });
});

describe('a receipt that comes before our record', () => {
  /** The provider calls back before it has answered. */
  async function openWithAQuickProvider(report: Partial<ReportedReceipt>) {
    const email = moodyChannel('email');
    const taken: TakenReceipt[] = [];
    const quick = Object.assign(email, {
      async send() {
        taken.push(...(await receiptsOn(office).take([{ ...bounced, providerMessageId: 'm-1', ...report }])));
        return { id: 'm-1' };
      },
    });
    const office = await openPostOffice({ channels: [quick] });
    return { ...office, taken };
  }

  it('is joined as soon as that is written, and suppresses then', async () => {
    const { request, datastore, taken } = await openWithAQuickProvider({});

    await request(aRequest());

    expect(results(taken)).toEqual(['unknown']);
    expect(await standing(datastore)).toEqual([{ channel: 'email', status: 'bounced', count: 1 }]);
    expect(await suppressed(datastore)).toEqual(['kim@example.com']);
  });

  it('is joined at the next start, where the process died in between', async () => {
    const file = temporaryFile('shop.db');
    const first = await openWithOneSent({ file });
    await first.datastore.ledger.addReceipts([
      {
        ...(await first.take([{ ...bounced, providerMessageId: 'lost' }]))[0]?.receipt,
        providerMessageId: mailId,
      } as never,
    ]);
    await first.close();

    const second = await openPostOffice({ file });

    expect(await standing(second.datastore)).toEqual([{ channel: 'email', status: 'bounced', count: 1 }]);
    expect(await suppressed(second.datastore)).toEqual(['kim@example.com']);
    await second.close();
  });

  it('does not stop the ledger where it cannot be joined', async () => {
    const office = await openPostOffice({ alterDatastore: cannotJoin });

    await office.request(aRequest());

    expect(await ledgerLines(office.datastore)).toEqual([
      'order-shipped kim email sent sent',
      'order-shipped kim sms sent sent',
    ]);
    expect(JSON.stringify(office.logged)).toContain('receipts that came early could not be joined');
  });
});

/** Once it is started. */
function cannotJoin(datastore: Datastore): Datastore {
  let asked = 0;
  const hasEarlyReceipts = async (): Promise<boolean> => {
    if (asked++ > 0) throw new Error('the disk is full');
    return false;
  };
  return { ...datastore, ledger: { ...datastore.ledger, hasEarlyReceipts } };
}

describe('a bounce', () => {
  it('that says that there is no such mailbox suppresses the address, with the words of the server', async () => {
    const { take, datastore } = await openWithOneSent();

    expect(await take([bounced])).toMatchObject([{ isSuppressed: true }]);

    expect(await datastore.suppressions.list({ limit: 9 })).toEqual([
      {
        address: 'kim@example.com',
        reason: 'bounced',
        sinceMs: noonMs,
        channel: 'email',
        source: 'provider',
        detail: 'smtp; 550 5.1.1 <kim@example.com>: no such user',
      },
    ]);
  });

  it.each<[string, Partial<ReportedReceipt>]>([
    ['5.1.1 and nothing else', { code: '5.1.1', detail: undefined }],
    ['a code in the words alone', { code: undefined, detail: '550 5.1.10 RecipientNotFound' }],
    ['words that name the mailbox', { code: '5.0.0', detail: '550 user unknown' }],
    ['words without any code', { code: undefined, detail: 'no such user here' }],
    ['the recipient in another spelling', { recipient: 'KIM@Example.COM' }],
    ['what the provider says of a code of its own', { code: '99', detail: 'gone', suppress: 'bounced' }],
  ])('suppresses by %s', async (_, differences) => {
    const { take, datastore } = await openWithOneSent();

    await take([{ ...bounced, ...differences }]);

    expect(await suppressed(datastore)).toEqual(['kim@example.com']);
  });

  it.each<[string, Partial<ReportedReceipt>]>([
    ['policy', { code: '5.7.1', detail: 'smtp; 550 5.7.1 rejected by policy' }],
    ['two codes that do not agree', { code: '5.1.1', detail: '550 5.7.26 unauthenticated' }],
    ['a block list behind a code for the mailbox', { detail: '550 5.1.1 listed at spamhaus.org' }],
    ['a full mailbox', { code: '5.2.2', detail: '552 5.2.2 mailbox full' }],
    ['what was given up after days', { code: '4.4.7', detail: '421 4.4.7 delivery time expired' }],
    ['a refusal for now', { code: undefined, detail: '450 4.1.1 no such user' }],
    ['nothing at all', { code: undefined, detail: undefined }],
    ['one behind a mailing list', { recipient: 'member@elsewhere.example' }],
    ['a failure of the provider', { status: 'failed' }],
  ])('for %s suppresses nobody', async (_, differences) => {
    const { take, datastore } = await openWithOneSent();

    expect(results(await take([{ ...bounced, ...differences }]))).toEqual(['recorded']);

    expect(await suppressed(datastore)).toEqual([]);
  });

  it('of an SMS suppresses only where the provider is known to mean it', async () => {
    const { take, datastore } = await openWithOneSent();
    const unknown: ReportedReceipt = {
      ...delivered,
      status: 'bounced',
      code: '5.1.1',
      detail: 'no such user',
    };

    await take([unknown]);
    expect(await suppressed(datastore)).toEqual([]);

    await take([{ ...unknown, status: 'failed', suppress: 'blocked' }]);
    expect(await suppressed(datastore)).toEqual(['+15550100']);
  });

  it('of somebody who is written to again is skipped from then on', async () => {
    const { take, request, datastore } = await openWithOneSent();
    await take([bounced]);

    await request(aRequest({ about: 'order-2' }));

    expect(await ledgerLines(datastore)).toContain('order-shipped kim email skipped suppressed');
  });
});

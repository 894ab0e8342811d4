import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { receiptsCommand } from '../../../src/demo/commands/receipts.ts';
import { createWorld, stockSampleShop } from '../../../src/shop/index.ts';
import { runHere } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const sms = 'captured-order-shipped:ord-1001:ada:sms';
const email = 'captured-order-shipped:ord-1001:ada:email';

const bounce = [
  'From: MAILER-DAEMON@mx.example',
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
  '',
  '--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n',
  `Final-Recipient: rfc822; ada@example.com\nAction: failed\nStatus: 5.1.1\n`,
  `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${email}>\n`,
  '--b--',
].join('\n');

/** A shop that has told Ada that her order has shipped. */
async function aShop(): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  const world = createWorld({ startMs: Date.parse('2026-03-02T12:00:00Z'), datastore });
  await stockSampleShop(datastore);
  await world.architecture.start();
  await world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' });
  await world.finish();
  await world.close();
  await datastore.close();
  return file;
}

function given(name: string, content: string): string {
  const file = temporaryFile(name);
  writeFileSync(file, content);
  return file;
}

const callback = (fields: object = {}): string =>
  JSON.stringify({ channel: 'sms', providerMessageId: sms, status: 'delivered', ...fields });

const receipts = (data: string, ...args: readonly string[]) =>
  runHere(receiptsCommand, ...args, '--data', data);

test('a bounce mail and a callback are put on record, and the address is suppressed', async () => {
  const data = await aShop();
  const mail = given('bounce.eml', bounce);

  const { code, stdout } = await receipts(data, mail, given('callback.json', callback()));

  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ').trim()).toBe(
    '✓ order-shipped:ord-1001:ada email: bounced, 5.1.1 (no such mailbox); the address is suppressed ' +
      '✓ order-shipped:ord-1001:ada sms: delivered',
  );
  const datastore = openDatastore({ file: data });
  expect(await datastore.suppressions.list({ limit: 1 })).toMatchObject([
    { address: 'ada@example.com', reason: 'bounced' },
  ]);
  await datastore.close();
  expect(await receipts(data, mail)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/as\s+reported before/),
  });
});

test('JSON says what came of each, without an address', async () => {
  const { code, stdout } = await receipts(await aShop(), given('bounce.eml', bounce), '--json');

  expect(code).toBe(0);
  expect(stdout).not.toContain('ada@example.com');
  expect(JSON.parse(stdout)).toMatchObject({
    receipts: [
      { result: 'recorded', customerId: 'ada', channel: 'email', status: 'bounced', isSuppressed: true },
    ],
    errors: [],
  });
});

test('what is about nothing on record is kept and said, with exit code 1', async () => {
  const file = given('callback.json', callback({ providerMessageId: 'SM-404' }));

  expect(await receipts(await aShop(), file)).toMatchObject({
    code: 1,
    stdout: '? SM-404 sms: delivered; not on record as sent yet\n',
  });
});

test('a mail that is no report is said, and the others are taken', async () => {
  const note = given('holiday.eml', 'From: kim@example.com\nSubject: On holiday\n\nBack on Monday.\n');

  const { code, stdout, stderr } = await receipts(await aShop(), note, given('callback.json', callback()));

  expect(code).toBe(1);
  expect(stdout).toBe('✓ order-shipped:ord-1001:ada sms: delivered\n');
  expect(stderr).toMatch(/^receipts: .*holiday\.eml: it is no delivery report/);
});

test.each([
  ['', 'it is empty'],
  ['{"channel":', 'it is no JSON'],
  [callback({ status: 'lost' }), 'a callback cannot be read: the receipt: status'],
  ['Buy milk.', 'it is no delivery report'],
])('%j is refused, and nothing of the others is taken', async (content, message) => {
  const data = await aShop();
  const good = given('good.json', callback());
  const bad = given('bad.txt', content);

  // A note among reports is no reason to leave them out; by itself it is a mistake.
  const others = content.startsWith('Buy') ? [] : [good];
  await expect(receipts(data, ...others, bad)).rejects.toThrow(`bad.txt: ${message}`);

  expect((await receipts(data, good)).stdout).not.toMatch(/as\s+reported/);
});

test('there is no such file', async () => {
  await expect(receipts(await aShop(), '/no/such.eml')).rejects.toThrow('there is no file "/no/such.eml"');
});

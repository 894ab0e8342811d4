import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { mailboxOf } from '../../src/datastore/mailbox.ts';
import { migrations } from '../../src/datastore/migrations.ts';
import { emptyDatastore, hasServer } from '../support/a-datastore.ts';
import { aCustomer } from '../support/customers.ts';
import { temporaryFile } from '../support/temporary-file.ts';

describe.each<[string, readonly string[]]>([
  ['a domain in another case', ['reader@example.com', 'reader@EXAMPLE.com', 'reader@example.com.']],
  ['a local part in another case', ['reader@example.com', 'Reader@example.com']],
  ['a domain and its punycode', ['kim@bücher.example', 'kim@xn--bcher-kva.example', 'kim@BÜCHER.example']],
  ['a composed and a decomposed letter', ['zoë@example.com', 'zoe\u0308@example.com', 'ZOË@example.com']],
  [
    'a phone number',
    ['+447700900001', '+44 7700 900001', '0044 7700 900001', '+44 (0)7700 900001', '+44-7700-900001'],
  ],
  [
    "a webhook's URL",
    ['https://hooks.example/a?b', 'HTTPS://Hooks.Example:443/a?b', 'https://hooks.example./a?b#c'],
  ],
])('%s', (_, [first = '', ...others]) => {
  it.each(others)(`is one with ${first}: %s`, async (other) => {
    const { customers, suppressions } = await emptyDatastore();
    const addresses = other.startsWith('h') || other.startsWith('H') ? { webhook: other } : {};
    await customers.insert(aCustomer({ email: other, phone: other, addresses }));

    await suppressions.add({ address: first, reason: 'bounced', sinceMs: 1 });

    const [kim] = await customers.recipients(['kim']);
    expect(kim?.suppressedAddresses).toContain(other);
    expect(kim?.email).toBe(other);
    expect(await suppressions.remove(other)).toBe(true);
    expect((await customers.recipients(['kim']))[0]?.suppressedAddresses).toEqual([]);
  });
});

it.each([
  ['kim@example.com', 'kim@example.org'],
  ['kim@example.com', 'kim+shop@example.com'],
  ['+447700900001', '+447700900002'],
  ['https://hooks.example/a', 'https://hooks.example/A'],
  ['https://hooks.example/a', 'http://hooks.example/a'],
  ['https://hooks.example/a', 'https://hooks.example:8443/a'],
  ['aToken', 'AToken'],
])('%s and %s are two', (one, other) => {
  expect(mailboxOf(one)).not.toBe(mailboxOf(other));
});

it.skipIf(hasServer)('what an older file has suppressed is so in every spelling', async () => {
  const file = temporaryFile('shop.db');
  const old = new Database(file);
  const before = migrations.slice(0, migrations.findIndex((step) => typeof step === 'function') - 1);
  old.exec(before.join('\n'));
  old.exec(`
    insert into suppression values ('Kim@Example.com', 'bounced', 5), ('kim@example.com', 'blocked', 3);
    pragma application_id = ${0x6e6f7469}; pragma user_version = ${before.length}`);
  old.close();

  const datastore = openDatastore({ file });

  await datastore.customers.insert(aCustomer({ email: 'KIM@example.COM' }));
  expect((await datastore.customers.recipients(['kim']))[0]?.suppressedAddresses).toEqual([
    'KIM@example.COM',
  ]);
  expect(await datastore.suppressions.list({ limit: 10 })).toEqual([
    { address: 'kim@example.com', reason: 'blocked', sinceMs: 3 },
  ]);
  await datastore.close();
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandDrivenMessages } from '../../../src/command-driven/index.ts';
import { openDatastore } from '../../../src/datastore/index.ts';
import { createMessage, type MessageDefinition, toCloudEvent } from '../../../src/events/index.ts';
import { VirtualClock } from '../../../src/kernel/index.ts';
import { pipelineMessages } from '../../../src/pipeline/index.ts';
import { createWorld, stockSampleShop } from '../../../src/shop/index.ts';
import { runCli } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const events = (...args: readonly string[]) => runCli('events', ...args);

/** Ada's order ships and is delivered, Dev's ships; on the in-memory bus, whose log is kept all the same. */
async function keptShop(): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  await stockSampleShop(datastore);
  const world = createWorld({ startMs: Date.parse('2026-03-02T10:00:00Z'), datastore });
  await world.architecture.start();
  const { ordering } = world.architecture.services;
  await ordering.shipOrder({ orderId: 'ord-1001' });
  await world.advanceTo(Date.parse('2026-03-03T10:00:00Z'));
  await ordering.deliverOrder({ orderId: 'ord-1001' });
  await ordering.shipOrder({ orderId: 'ord-1004' });
  await world.finish();
  await world.close();
  await datastore.close();
  return file;
}

const ids = (stdout: string): unknown[] =>
  stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { position: number }).position);

test.each([
  { filter: [], positions: [1, 2, 3] },
  { filter: ['--subject', 'ord-1001'], positions: [1, 2] },
  { filter: ['--type', 'PriceChanged'], positions: [] },
  { filter: ['--type', 'PriceChanged', 'OrderStatusChanged'], positions: [1, 2, 3] },
  { filter: ['--since', '2026-03-03'], positions: [2, 3] },
  { filter: ['--until', '2026-03-03T10:00:00Z'], positions: [1] },
  { filter: ['--from', '2', '--limit', '1'], positions: [2] },
])('the list is of the events that are meant: $filter', async ({ filter, positions }) => {
  const { code, stdout } = await events('list', '--data', await keptShop(), '--json', ...filter);

  expect(code).toBe(0);
  expect(ids(stdout)).toEqual(positions);
});

test('the story of one event is found by its correlation, and one event by position or id', async () => {
  const file = await keptShop();

  const byPosition = JSON.parse((await events('show', '2', '--data', file, '--json')).stdout);
  const { id, correlationId } = byPosition.message;
  const byId = JSON.parse((await events('show', id, '--data', file, '--json')).stdout);
  const story = await events('list', '--correlation', correlationId, '--data', file, '--json');

  expect(byPosition).toMatchObject({ position: 2, message: { data: { status: 'delivered' } }, story: [] });
  expect(byId).toEqual(byPosition);
  expect(ids(story.stdout)).toEqual([2]);
  expect(await events('show', '4', '--data', file)).toMatchObject({ code: 2 });
});

test('a log that is exported and imported is the same log, and importing it again doubles nothing', async () => {
  const file = await keptShop();
  const [out, other] = [temporaryFile('log.ndjson'), temporaryFile('other.db')];

  expect((await events('export', out, '--data', file)).stdout).toBe(`3 events written to ${out}\n`);
  expect((await events('import', out, '--data', other)).stdout).toContain('3 events added');
  expect((await events('import', out, '--data', other)).stdout).toContain('0 events added');
  expect((await events('export', '-', '--data', other)).stdout).toBe(readFileSync(out, 'utf8'));
});

const refusal = { code: 'unknown_user', words: 'nobody is known as "zoe"' };
const failure = { notificationId: 'n-1', channel: 'sms', attempt: 1, reason: 'rejected' };

test.each([
  [
    'pipeline',
    pipelineMessages.NotificationFailed,
    { requestId: 'r-1', userId: 'zoe', hops: 1, reasons: [refusal] },
  ],
  ['command-driven', commandDrivenMessages.NotificationFailed, failure],
])('what %s calls by the name of another is imported too', async (_architecture, kind, data) => {
  const [out, other] = [temporaryFile('log.ndjson'), temporaryFile('other.db')];
  const ports = { clock: new VirtualClock(0), ids: { next: () => 'id-1' } };
  const message = createMessage(ports, kind as MessageDefinition<string, unknown>, data);
  writeFileSync(out, `${JSON.stringify(toCloudEvent(message))}\n`);

  expect((await events('import', out, '--data', other)).stdout).toContain('1 events added');
});

test('a log of an older version is imported as it was written', async () => {
  const older = 'test/events/log-of-an-older-version.ndjson';
  const other = temporaryFile('other.db');

  expect(await events('import', older, '--data', other)).toMatchObject({ code: 0, stderr: '' });

  // Where each stands in a trace is no part of what was written: it follows from its ids.
  const { stdout } = await events('export', '-', '--data', other);
  expect(stdout.replaceAll(/"traceparent":"[0-9a-f-]+",/g, '')).toBe(readFileSync(older, 'utf8'));
});

test.each([
  ['{"specversion":"1.0"}', /^events: line 3: not a CloudEvent 1\.0: .* Nothing was imported\.\n$/],
  ['{oops', /^events: line 3: it is no JSON\. .* Nothing was imported\.\n$/],
  ['[]', /^events: line 3: /],
])('a bad line, %s, is named, and nothing stays', async (bad, complaint) => {
  const file = await keptShop();
  const [out, other] = [temporaryFile('log.ndjson'), temporaryFile('other.db')];
  await events('export', out, '--data', file);
  const [one, two, three] = readFileSync(out, 'utf8').split('\n');
  writeFileSync(out, [one, two, bad, three].join('\n'));

  const refused = await events('import', out, '--data', other);

  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(complaint);
  expect(existsSync(other)).toBe(false);
  await events('import', 'test/events/log-of-an-older-version.ndjson', '--data', other);
  await events('import', out, '--data', other);
  expect(ids((await events('list', '--json', '--data', other)).stdout)).toHaveLength(44);
});

test('a subscriber that was there before is handed the past, and nobody would be told again', async () => {
  const file = await keptShop();
  const before = readFileSync(file);

  const { code, stdout } = await events(...replay('notification-service'), '--data', file, '--json');

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ isDry: true, messages: 3, deliveries: [], known: 5, dead: [] });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('what nobody was told of would be sent, is not, and with --send it is, once', async () => {
  const file = await unheardShop();
  const run = async (...more: readonly string[]) =>
    JSON.parse((await events(...replay('notification-service'), '--data', file, '--json', ...more)).stdout);

  const dry = await run();
  expect(dry).toMatchObject({ isDry: true, messages: 1, known: 0 });
  expect(dry.deliveries).toEqual([
    { id: 'order-shipped:ord-1001:ada:email', status: 'sent', reason: 'sent' },
    { id: 'order-shipped:ord-1001:ada:sms', status: 'sent', reason: 'sent' },
  ]);
  expect(await run()).toEqual(dry);

  expect(await run('--send')).toMatchObject({ isDry: false, deliveries: dry.deliveries });
  expect(await run('--send')).toMatchObject({ isDry: false, deliveries: [], known: 2 });
});

test('somebody new, of a file of their own, is handed what was delivered before', async () => {
  const file = await keptShop();
  const example = ['--module', 'examples/late-subscriber.ts', '--data', file];

  expect(await events(...replay('loyalty-points'), ...example)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/3 messages from position 1 on would be handed to\s+loyalty-points/),
  });
  expect(await events(...replay('loyalty-cards'), ...example)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it is called "loyalty-points", not "loyalty-cards"'),
  });
});

test.each([
  { args: ['replay', '--subscriber', 'nobody', '--from', '1'], says: 'no subscriber "nobody" runs here' },
  { args: ['replay', '--subscriber', 'notification-service', '--from', '9'], says: 'it ends at 3' },
  { args: ['replay', '--subscriber', 'notification-service'], says: 'replay needs --subscriber and --from' },
  { args: ['export'], says: 'export needs a file' },
  { args: ['list', 'ord-1001'], says: 'list takes no "ord-1001"' },
  { args: ['show', 'nothing'], says: 'the log has no event "nothing"' },
])('$args is refused in one line', async ({ args, says }) => {
  const { code, stdout, stderr } = await events(...args, '--data', await keptShop());

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

const replay = (subscriber: string) => ['replay', '--subscriber', subscriber, '--from', '1'];

/** The order ships while nobody listens. */
async function unheardShop(): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  await stockSampleShop(datastore);
  const world = createWorld({ startMs: Date.parse('2026-03-02T10:00:00Z'), datastore });
  await world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' });
  await world.close();
  await datastore.close();
  return file;
}

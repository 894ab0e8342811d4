import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { suppressionsCommand } from '../../../src/demo/commands/suppressions.ts';
import { runHere } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const noonMs = Date.parse('2026-03-02T12:00:00Z');

test('an empty list says so', async () => {
  expect(await suppressions(await keptShop(), 'list')).toMatchObject({
    code: 0,
    stdout: 'No address is suppressed.\n',
  });
});

test('what a provider has said is listed in its words, with the channel and the time', async () => {
  const file = await keptShop(async ({ suppressions }) => {
    await suppressions.add({
      address: 'Kim@example.com',
      reason: 'bounced',
      sinceMs: noonMs,
      channel: 'email',
      source: 'provider',
      detail: '550 5.1.1 User unknown',
    });
  });

  const { stdout } = await suppressions(file, 'list');

  expect(stdout).toContain('1 address suppressed; times in UTC\n');
  expect(stdout).toMatch(
    /Kim@example\.com\n +bounced +2026-03-02 12:00:00 +email +provider +550 5\.1\.1 User unknown\n/,
  );
  expect(JSON.parse((await suppressions(file, 'list', '--json')).stdout)).toEqual({
    suppressions: [
      {
        address: 'Kim@example.com',
        reason: 'bounced',
        since: '2026-03-02T12:00:00.000Z',
        channel: 'email',
        source: 'provider',
        detail: '550 5.1.1 User unknown',
      },
    ],
    hasMore: false,
  });
});

test('a person adds an address, and lifts it in another spelling', async () => {
  const file = await keptShop();

  const added = await suppressions(file, 'add', '+44 7700 900001', '--note', 'asked by phone');
  const again = await suppressions(file, 'add', '0044 7700 900001');
  const listed = await suppressions(file, 'list');
  const removed = await suppressions(file, 'remove', '+447700900001');

  expect(added).toMatchObject({ code: 0, stdout: '✓ +44 7700 900001: is suppressed from now on\n' });
  expect(again).toMatchObject({ code: 0, stdout: '– 0044 7700 900001: is suppressed already\n' });
  expect(listed.stdout).toMatch(/blocked .* operator +asked by phone/);
  expect(removed).toMatchObject({ code: 0, stdout: '✓ +447700900001: may be written to again\n' });
  expect((await suppressions(file, 'list')).stdout).toBe('No address is suppressed.\n');
});

test('to remove what is not there is told, with exit code 1', async () => {
  expect(await suppressions(await keptShop(), 'remove', 'kim@example.com')).toMatchObject({
    code: 1,
    stdout: '✗ kim@example.com: is not suppressed\n',
  });
});

test('more than the limit are not shown, and that there are more is said', async () => {
  const file = await keptShop();
  await suppressions(file, 'add', 'a@example.com', 'b@example.com', 'c@example.com');

  const { stdout } = await suppressions(file, 'list', '--limit', '2');

  expect(stdout).toContain('The first 2 addresses; there are more (--limit)');
  expect(stdout).not.toContain('c@example.com');
});

test.each([
  [['add'], 'add needs an address'],
  [['list', 'kim@example.com'], "too many arguments for 'list'"],
  [['remove', 'kim@example.com', '--reason', 'blocked'], "unknown option '--reason'"],
  [['add', ' '], 'is no address'],
])('%j is refused, and nothing is changed', async (args, message) => {
  const file = await keptShop();

  await expect(suppressions(file, ...args)).rejects.toThrow(message);

  expect((await suppressions(file, 'list')).stdout).toBe('No address is suppressed.\n');
});

async function keptShop(
  prepare: (datastore: ReturnType<typeof openDatastore>) => Promise<void> = async () => {},
): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  await prepare(datastore);
  await datastore.close();
  return file;
}

const suppressions = (file: string, ...args: readonly string[]) =>
  runHere(suppressionsCommand, ...args, '--data', file);

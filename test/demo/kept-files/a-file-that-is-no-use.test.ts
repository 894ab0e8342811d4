import { execFileSync } from 'node:child_process';
import { copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { runCli } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

/** Every command that reads what an earlier run has kept. */
const commands = [
  ['status'],
  ['explain', 'ada'],
  ['dead-letters', 'list'],
  ['dead-letters', 'show', 'message-1'],
  ['dead-letters', 'redrive', '--all'],
  ['dead-letters', 'discard', 'message-1'],
  ['suppressions', 'list'],
  ['suppressions', 'add', 'ada@example.com'],
  ['receipts', 'test/demo/kept-files/receipt.json'],
  ['resume'],
  ['pipeline', '--file', 'test/demo/kept-files/requests.json'],
];

async function keptShop(file: string): Promise<void> {
  await openDatastore({ file }).close();
}

function database(file: string, sql: string): void {
  const raw = new Database(file);
  raw.exec(sql);
  raw.close();
}

const uselessFiles: Record<string, { make: (file: string) => unknown; why: string }> = {
  'that is not there': { make: () => {}, why: 'there is no file' },
  'of 0 bytes': { make: (file) => writeFileSync(file, ''), why: 'is empty' },
  'of text': { make: (file) => writeFileSync(file, 'Buy milk.\n'), why: 'file is not a database' },
  'that is a folder': { make: (file) => mkdirSync(file), why: 'it is a directory' },
  'that is a pipe': { make: (file) => execFileSync('mkfifo', [file]), why: 'it is not an ordinary file' },
  'with a database that nothing is in': {
    make: (file) => database(file, 'pragma user_version = 1; pragma user_version = 0'),
    why: 'there is nothing in it',
  },
  "with another program's database": {
    make: (file) => database(file, 'create table bookmark (url text)'),
    why: 'it is a database of another program',
  },
  "with another program's database and its log": {
    make(file) {
      database(file, 'pragma journal_mode = wal; create table bookmark (url text)');
    },
    why: 'it is a database of another program',
  },
  'of a newer version of this program': {
    async make(file) {
      await keptShop(file);
      database(file, 'pragma user_version = 99');
    },
    why: 'its schema version 99 is newer than',
  },
  'that is cut off': {
    async make(file) {
      await keptShop(file);
      writeFileSync(file, readFileSync(file).subarray(0, 5000));
    },
    why: 'it is damaged, or cut off',
  },
};

/** Of everything in the folder of a file: its contents, or what it is instead of a file. */
const folderOf = (file: string): object =>
  Object.fromEntries(
    readdirSync(dirname(file)).map((name) => {
      const path = join(dirname(file), name);
      return [name, lstatSync(path).isFile() ? readFileSync(path, 'base64') : lstatSync(path).mode];
    }),
  );

test.each(Object.keys(uselessFiles).flatMap((what) => commands.map((command) => ({ what, command }))))(
  'a file $what is refused by $command in one line, and stays as it was',
  async ({ what, command }) => {
    const file = temporaryFile('shop.db');
    const { make, why } = uselessFiles[what] ?? { make: () => {}, why: '' };
    await make(file);
    const before = folderOf(file);

    const { code, stdout, stderr } = await runCli(...command, '--data', file);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(why);
    expect(folderOf(file)).toEqual(before);
  },
);

test('a file that is damaged inside is refused when the damage is met', async () => {
  const file = temporaryFile('shop.db');
  await runCli('demo', 'order-shipped', '--quiet', '--data', file);
  const bytes = readFileSync(file);
  // All but its first page, which says what it is.
  writeFileSync(file, bytes.fill(0x5a, 4096));

  const { code, stdout, stderr } = await runCli('status', '--data', file);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^status: .*(damaged|malformed)[^\n]+\n$/);
});

test('what a new run refuses to write into stays alone too', async () => {
  const file = temporaryFile('shop.db');
  await runCli('demo', 'order-shipped', '--quiet', '--data', file);
  const history = temporaryFile('history.ndjson');
  copyFileSync('test/demo/kept-files/history.ndjson', history);

  const codes = [
    (await runCli('demo', '--quiet', '--data', file)).code,
    (await runCli('replay', history, '--data', file)).code,
  ];

  expect(codes).toEqual([2, 2]);
  expect(readdirSync(dirname(file))).toEqual(['shop.db']);
});

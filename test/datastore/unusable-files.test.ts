import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { InputError } from '../../src/kernel/index.ts';
import { temporaryFile } from '../support/temporary-file.ts';

/** Why the file is refused: one line, and one of help. */
function refusalOf(file: string): string {
  try {
    openDatastore({ file });
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(InputError);
    const { message, help } = thrown as InputError;
    for (const line of [message, help]) expect(line).toMatch(/^.+$/);
    return message;
  }
  throw new Error('it was opened');
}

/** Contents of everything in the folder of a file. */
const folderOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dirname(file)).map((name) => [name, readFileSync(join(dirname(file), name), 'base64')]),
  );

/** A file of SQLite's that is closed and complete. */
function makeDatabase(file: string, sql: string): void {
  const raw = new Database(file);
  raw.exec(sql);
  raw.close();
}

test('a database of another program is refused and stays as it was', () => {
  const file = temporaryFile('bookmarks.db');
  makeDatabase(file, 'create table bookmark (url text); insert into bookmark values (1)');
  const before = folderOf(file);

  expect(refusalOf(file)).toBe(`cannot use "${file}" as the datastore: it is a database of another program`);
  expect(folderOf(file)).toEqual(before);
});

test('a file of a newer version of this program is refused and stays as it was', async () => {
  const file = temporaryFile('shop.db');
  await openDatastore({ file }).close();
  makeDatabase(file, 'pragma user_version = 99; pragma wal_checkpoint(truncate)');
  const before = folderOf(file);

  expect(refusalOf(file)).toMatch(/its schema version 99 is newer than \d+$/);
  expect(folderOf(file)['shop.db']).toBe(before['shop.db']);
});

test('a text is refused and stays as it was', () => {
  const file = temporaryFile('notes.txt');
  writeFileSync(file, 'Buy milk.\n'.repeat(500));
  const before = folderOf(file);

  expect(refusalOf(file)).toContain('file is not a database');
  expect(folderOf(file)).toEqual(before);
});

test('a directory is refused', () => {
  const folder = temporaryFile('shop.db');
  mkdirSync(folder);

  expect(refusalOf(folder)).toBe(`cannot use "${folder}" as the datastore: it is a directory`);
});

test('a file in a folder that does not exist is refused, and no folder is made', () => {
  const file = temporaryFile('no-such-folder/shop.db');

  expect(refusalOf(file)).toContain('its folder does not exist');
  expect(existsSync(dirname(file))).toBe(false);
});

test('a path through a file is refused', () => {
  const file = temporaryFile('notes.txt');
  writeFileSync(file, 'Buy milk.');

  expect(refusalOf(join(file, 'shop.db'))).toContain('cannot use');
});

test.each([
  { what: 'no name', file: '', why: 'it has no name' },
  { what: 'a name that is too long', file: `/tmp/${'x'.repeat(300)}`, why: 'it cannot be opened or made' },
  { what: 'a NUL in its name', file: 'shop\u0000.db', why: 'it cannot be opened or made' },
  // It is taken for a path, and nobody is called.
  {
    what: 'the address of a server for its name',
    file: 'http://localhost:1/shop.db',
    why: 'only a file will do here',
  },
])('a file with $what is refused', ({ file, why }) => {
  expect(refusalOf(file)).toContain(why);
});

test('a file that another program is busy with is refused, with the hint to wait', () => {
  const file = temporaryFile('shop.db');
  const other = new Database(file);
  other.exec('begin immediate');

  expect(refusalOf(file)).toContain('another program is busy with it');

  other.exec('rollback');
  other.close();
});

// Nothing is unwritable for root.
test.skipIf(process.getuid?.() === 0)('a file in a folder that must not be written is refused', () => {
  const file = temporaryFile('shop.db');
  chmodSync(dirname(file), 0o500);

  expect(refusalOf(file)).toContain('it cannot be opened or made');

  chmodSync(dirname(file), 0o700);
});

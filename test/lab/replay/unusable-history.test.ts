import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unreadable } from '../../../src/kernel/files.ts';
import { InputError } from '../../../src/kernel/index.ts';
import { readHistory } from '../../../src/lab/replay/index.ts';
import { historyFile, readAll, shipAt, temporaryFolder } from './history-files.ts';

const refusalOf = (file: string): Promise<unknown> => readAll(file).catch((thrown: unknown) => thrown);

test('a file that is not there is named', async () => {
  const file = join(await temporaryFolder(), 'nowhere.ndjson');

  const refusal = await refusalOf(file);

  expect(refusal).toBeInstanceOf(InputError);
  expect(refusal).toMatchObject({ message: `there is no file "${file}"`, help: 'Check the path.' });
});

test('a directory is not a history', async () => {
  const folder = await temporaryFolder();

  expect(await refusalOf(folder)).toMatchObject({
    code: 'bad_input',
    message: `"${folder}" is a directory`,
    help: 'Name a history file, which has one command a line.',
  });
});

test('a file that this user may not read is told from one that is not there', () => {
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });

  expect(unreadable('orders.ndjson', denied)).toMatchObject({
    code: 'bad_input',
    message: '"orders.ndjson" may not be read',
    help: 'Check its permissions.',
    cause: denied,
  });
});

test('anything else that keeps a file from being read is named by its code', async () => {
  const file = join(await historyFile(shipAt('2016-05-01T09:00:00Z')), 'below-a-file');

  expect(await refusalOf(file)).toMatchObject({
    code: 'bad_input',
    message: `"${file}" cannot be read (ENOTDIR)`,
  });
});

test.each([
  ['nothing', ''],
  ['blank lines', '\r\n\n  \n'],
  ['a byte order mark', '\uFEFF'],
])('a file of %s is empty', async (_what, content) => {
  const file = await historyFile(content);

  expect(await refusalOf(file)).toMatchObject({ code: 'bad_input', message: `"${file}" is empty` });
});

test('a file of which no line is a command is no history, which is said after its bad lines', async () => {
  const file = await historyFile('name,email\nKim,kim@example.com\n');
  const badLines: number[] = [];

  const reading = (async () => {
    for await (const line of readHistory(file)) badLines.push(line.lineNumber);
  })();

  await expect(reading).rejects.toMatchObject({
    code: 'bad_input',
    message: `"${file}" holds no command, only bad lines (2)`,
  });
  expect(badLines).toEqual([1, 2]);
});

test('a reader may stop at the first bad line', async () => {
  const file = await historyFile(`oops\n${shipAt('2016-05-01T09:00:00Z')}\n`.repeat(50_000));

  for await (const line of readHistory(file)) {
    if (line.error === undefined) continue;
    expect(line.lineNumber).toBe(1);
    break;
  }
});

test.each([
  ['UTF-16, little-endian with a mark', 'utf16le', '\uFEFF', 'UTF-16'],
  ['UTF-16, little-endian without', 'utf16le', '', 'UTF-16'],
] as const)('a file in %s is named as what it is', async (_what, encoding, mark, name) => {
  const file = await historyFile(Buffer.from(mark + shipAt('2016-05-01T09:00:00Z'), encoding));

  expect(await refusalOf(file)).toMatchObject({
    message: `"${file}" is in ${name}`,
    help: 'Save it as UTF-8.',
  });
});

test('a file in UTF-16, big-endian, is named as what it is, with its mark and without', async () => {
  for (const mark of ['\uFEFF', '']) {
    const file = await historyFile(Buffer.from(mark + shipAt('2016-05-01T09:00:00Z'), 'utf16le').swap16());

    expect(await refusalOf(file)).toMatchObject({ message: `"${file}" is in UTF-16` });
  }
});

import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { runCli, runProcess } from '../../support/command-line.ts';
import { aCustomer } from '../../support/customers.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const namesBeside = (file: string): string[] => readdirSync(dirname(file));

async function keptDemo(): Promise<string> {
  const file = temporaryFile('shop.db');
  const { code } = await runCli('demo', 'blocked-number', '--quiet', '--data', file);
  expect(code).toBe(0);
  return file;
}

test('a run that ends leaves its file alone, with nothing beside it', async () => {
  const file = await keptDemo();

  expect(namesBeside(file)).toEqual(['shop.db']);
});

test.each([
  { command: ['status'] },
  { command: ['explain', 'ada'] },
  { command: ['dead-letters', 'list'] },
  { command: ['suppressions', 'list'] },
])('$command changes not a byte of a file, and leaves nothing beside it', async ({ command }) => {
  const file = await keptDemo();
  const before = readFileSync(file);

  await runCli(...command, '--data', file);

  expect(readFileSync(file).equals(before)).toBe(true);
  expect(namesBeside(file)).toEqual(['shop.db']);
});

test.each([{ command: ['resume'] }, { command: ['dead-letters', 'redrive', '--all'] }])(
  '$command works on the file, and leaves nothing beside it',
  async ({ command }) => {
    const file = await keptDemo();

    const { code } = await runCli(...command, '--data', file);

    expect(code).toBe(0);
    expect(namesBeside(file)).toEqual(['shop.db']);
  },
);

test('what a killed process left is read with the part that stands in its log', async () => {
  const [file, copy] = [temporaryFile('shop.db'), temporaryFile('shop.db')];
  const running = openDatastore({ file });
  await running.customers.insert(aCustomer({ id: 'kim' }));
  // As a kill leaves it: nobody has closed it.
  for (const companion of ['', '-wal']) copyFileSync(`${file}${companion}`, `${copy}${companion}`);
  await running.close();

  const { code } = await runCli('explain', 'kim', '--data', copy);

  expect(code).toBe(0);
  expect(namesBeside(copy)).toEqual(['shop.db']);
});

test('a shop that is running keeps its companions when somebody has read it', async () => {
  const file = temporaryFile('shop.db');
  const running = openDatastore({ file });
  await running.customers.insert(aCustomer({ id: 'kim' }));

  const { code } = await runProcess(['status', '--data', file]);

  expect(code).toBe(0);
  expect(existsSync(`${file}-wal`)).toBe(true);
  await running.customers.insert(aCustomer({ id: 'lee' }));
  await running.close();
  expect(namesBeside(file)).toEqual(['shop.db']);
});

test('who reads cannot write', async () => {
  const file = await keptDemo();
  const reader = openDatastore({ file, access: 'read' });

  expect(await rejectionOf(() => reader.customers.insert(aCustomer()))).toMatchObject({
    code: 'datastore_unavailable',
  });

  await reader.close();
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, inject, test } from 'vitest';
import { asAdmin } from '../support/a-datastore.ts';
import { runCli } from '../support/command-line.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const url = inject('postgres')?.url ?? '';

test.each([
  ['a file', () => temporaryFile('shop.db'), 'it is a file, and a server is wanted'],
  ['another kind of server', () => 'mysql://shop@127.0.0.1/shop', 'neither a file nor postgres://'],
  ['a server that is away', () => 'postgres://shop@127.0.0.1:1/postgres', 'ECONNREFUSED'],
  [
    'a database that is not there',
    () => url.replace(/postgres$/, 'nowhere'),
    'database "nowhere" does not exist',
  ],
  ['somebody unknown', () => url.replace('shop@', 'nobody:secret@'), 'role "nobody" does not exist'],
])('%s is bad input, in one line', async (_, data, complaint) => {
  const { code, stdout, stderr } = await runCli('compare', '--data', data());

  expect(code).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr).not.toContain('secret');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
});

test('the page that is checked without a server is not written with one', async () => {
  const { code, stderr } = await runCli('compare', '--data', url, '--markdown');

  expect(code).toBe(2);
  expect(stderr).toContain('--markdown FILE');
});

const databases = async (): Promise<string[]> => {
  const rows = await asAdmin(
    `select datname from pg_database where datname like 'notification\\_architectures\\_%\\_%'`,
    url,
  );
  return rows.map(({ datname }) => String(datname));
};

test('Ctrl-C in the middle of it leaves nothing on the server', async () => {
  const before = await databases();
  const args = ['--import', 'tsx/esm', 'src/demo/cli.ts', 'compare', '--data', url];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  // The template, and one of each of the two processes.
  while ((await databases()).filter((name) => !before.includes(name)).length < 3) {
    expect(child.exitCode).toBeNull();
    await new Promise(setImmediate);
  }
  const mine = (await databases()).filter((name) => !before.includes(name));

  child.kill('SIGINT');
  const [code] = await once(child, 'exit');

  expect(code).toBe(2);
  expect(stderr).toBe('compare: stopped before it was done. Nothing is kept of it: run it again.\n');
  const run = mine[0]?.replace(/_[^_]*$/, '') ?? '';
  expect(run).toMatch(/^notification_architectures_[0-9a-f]{8}$/);
  expect((await databases()).filter((name) => name.startsWith(run))).toEqual([]);
}, 240_000);

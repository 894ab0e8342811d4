import { existsSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

function withDatastore(place: string): void {
  vi.stubEnv('DATASTORE', place);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const kept = (file: string, customer: string) =>
  runCli('explain', customer, '--data', file).then(({ code }) => code === 0);

test('a demo is kept where the environment says, and read from there', async () => {
  const file = temporaryFile('shop.db');
  withDatastore(file);

  await runCli('demo', 'blocked-number', '--quiet');

  expect(existsSync(file)).toBe(true);
  expect(await runCli('status', '--json')).toEqual(await runCli('status', '--json', '--data', file));
  expect(await runCli('dead-letters', 'list')).toMatchObject({ code: 0 });
  expect(await runCli('suppressions', 'list')).toMatchObject({ code: 0 });
});

test('what is typed wins', async () => {
  const [typed, set] = [temporaryFile('typed.db'), temporaryFile('set.db')];
  withDatastore(set);

  await runCli('demo', 'blocked-number', '--quiet', '--data', typed);

  expect(await kept(typed, 'ada')).toBe(true);
  expect(existsSync(set)).toBe(false);
});

test('set to nothing it is not set', async () => {
  withDatastore('');

  expect(await runCli('demo', 'blocked-number', '--quiet')).toMatchObject({ code: 0 });
  const { code, stderr } = await runCli('resume');

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "resume: required option '--data <file>' not specified (npm run resume -- --help)\n",
  });
});

test('one that is of no use is refused in one line, without its password', async () => {
  withDatastore('postgres://shop:s3cret@localhost');

  const { code, stderr } = await runCli('status');

  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^status: cannot use "postgres:\/\/shop@localhost\/" [^\n]*names no database[^\n]*\n$/,
  );
});

test('generated requests have users of their own, wherever the shop is', async () => {
  const file = temporaryFile('shop.db');
  withDatastore(file);

  expect(await runCli('pipeline', '--stress', '--count', '3')).toMatchObject({ code: 0 });

  expect(existsSync(file)).toBe(false);
});

test.each([
  ['demo'],
  ['replay'],
  ['explain'],
  ['pipeline'],
  ['dead-letters'],
  ['suppressions'],
  ['receipts'],
  ['serve'],
  ['resume'],
  ['events'],
  ['projections'],
  ['status'],
])('the help of %s says so', async (command) => {
  const { stdout } = await runCli(command, '--help');

  expect(stdout.replace(/\s+/g, ' ')).toContain('(env: DATASTORE)');
});

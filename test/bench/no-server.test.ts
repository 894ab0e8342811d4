import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';

const bench = (env: NodeJS.ProcessEnv) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const args = ['--import', 'tsx', 'bench/bench.ts', 'workers'];
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

test('workers are measured on a server: without one, a line says what to do', async () => {
  const { code, stdout, stderr } = await bench({ POSTGRES_BIN: '/nowhere', DATASTORE: '' });

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: there is no PostgreSQL to measure\. Install its programs .*DATASTORE.*\n$/);
});

test('a server that does not answer is named in a line, without its password', async () => {
  const DATASTORE = 'postgres://shop:secret-word@127.0.0.1:1/shop';
  const { code, stderr } = await bench({ POSTGRES_BIN: '/nowhere', DATASTORE });

  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: the server cannot be reached: .*127\.0\.0\.1:1.*\n$/);
  expect(stderr).not.toContain('secret-word');
});

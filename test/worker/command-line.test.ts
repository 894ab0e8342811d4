import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli } from '../support/command-line.ts';

const names = ['DATASTORE', 'WORKER_ROLE', 'HTTP_HOST', 'HTTP_PORT', 'HTTP_TOKEN', 'CAPTURE', 'SMTP_URL'];

function withEnvironment(env: Record<string, string>): void {
  for (const name of names) vi.stubEnv(name, env[name] ?? '');
  onTestFinished(() => void vi.unstubAllEnvs());
}

test('with nothing set it says what is missing, and ends with 2', async () => {
  withEnvironment({});

  const { code, stdout, stderr } = await runCli('worker');

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'worker: DATASTORE is not set: say where the shop is, as in postgres://user@host:5432/database\n' +
      'worker: no channel is set up: set SMTP_URL, WEBHOOK_SECRET or CAPTURE, the same for all processes. ' +
      '`npm run worker -- --help` says what each is for.\n',
  );
});

test('what it would do is printed, and nothing is opened', async () => {
  withEnvironment({
    DATASTORE: 'postgres://shop:s3cret@127.0.0.1:1/shop',
    CAPTURE: 'email',
    WORKER_ROLE: 'api',
  });

  const { code, stdout } = await runCli('worker', '--print-config');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^DATASTORE=postgres:\/\/shop@127\.0\.0\.1:1\/shop\nWORKER_ROLE=api\n/);
});

test('where no server listens it says so in one line, and ends with 2', async () => {
  withEnvironment({ DATASTORE: 'postgres://shop:s3cret@127.0.0.1:1/shop', CAPTURE: 'email', HTTP_PORT: '0' });

  const { code, stderr } = await runCli('worker');

  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^worker: cannot use "postgres:\/\/shop@127\.0\.0\.1:1\/shop" [^\n]*ECONNREFUSED[^\n]*\n$/,
  );
});

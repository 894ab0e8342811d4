import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { aPlace } from '../support/a-datastore.ts';
import { runCli } from '../support/command-line.ts';
import { startServer } from './server.ts';

const history = 'examples/history/adventureworks-sample.ndjson';
const server = inject('postgres')?.url ?? '';

/** Every command that is told where its data is. */
const commands: readonly (readonly string[])[] = [
  ['demo'],
  ['replay', history],
  ['serve', '--port', '0'],
  ['pipeline', '--file', 'requests.csv'],
  ['flow', 'iot', '--bus', 'durable'],
  ['flow', 'iot', 'show'],
  ['explain', 'ada'],
  ['status'],
  ['resume'],
  ['dead-letters', 'list'],
  ['suppressions', 'list'],
  ['receipts', 'test/demo/kept-files/receipt.json'],
  ['events', 'list'],
  ['projections', 'list'],
];

async function refusedBy(command: readonly string[], how: 'typed' | 'from the environment', url: string) {
  if (how === 'typed') return runCli(...command, '--data', url);
  vi.stubEnv('DATASTORE', url);
  try {
    return await runCli(...command);
  } finally {
    vi.unstubAllEnvs();
  }
}

test.each(commands)('%s %s says in one line what is wrong with a server', async (...command) => {
  const wrong = [
    [server.replace(/[^/]*$/, 'nowhere'), /"nowhere" does not exist/],
    [server.replace(/:\d+\//, ':1/'), /ECONNREFUSED.*the server is up/],
    [server.replace(/\/[^/]*$/, ''), /names no database/],
    [server.replace('postgres:', 'mysql:'), /neither a file nor postgres/],
  ] as const;
  for (const [url, why] of wrong)
    for (const how of ['typed', 'from the environment'] as const) {
      const { code, stdout, stderr } = await refusedBy(command, how, url);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(why);
      expect(stderr.trimEnd()).not.toContain('\n');
    }
});

test('with a wrong password, or none, each of them says so, and does not repeat it', async () => {
  const guarded = await startServer({ auth: 'scram-sha-256', password: 'open sesame' });
  onTestFinished(() => guarded.remove());

  for (const command of commands)
    for (const url of [guarded.url, guarded.url.replace('shop@', 'shop:s3cret@')]) {
      const { code, stdout, stderr } = await runCli(...command, '--data', url);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/password/);
      expect(stderr).not.toContain('s3cret');
      expect(stderr.trimEnd()).not.toContain('\n');
    }
});

test('scenarios of the demo are kept in a database, and asked about there', async () => {
  const place = await aPlace();

  const played = await runCli('demo', '--quiet', '--bus', 'durable', '--data', place);
  expect(played).toMatchObject({ code: 0, stderr: '' });
  expect(played.stdout).toMatch(/^✓ 4 of 4 scenarios as expected/);

  expect((await runCli('explain', 'ord-1001', '--data', place)).stdout).toContain('order-');
  expect((await runCli('status', '--data', place)).stdout).toMatch(/^16 deliveries requested = 11 sent/);
  expect((await runCli('demo', '--data', place)).stderr).toMatch(/holds a shop already/);
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { statusCommand } from '../../../src/demo/commands/status.ts';
import { inPercent, inWords, onAverage } from '../../../src/report/numbers.ts';
import { runCli } from '../../support/command-line.ts';
import { anEntry, deferred, sent } from '../../support/records.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

afterEach(() => void vi.restoreAllMocks());

/** What the command prints in this process. */
async function printed(...args: readonly string[]): Promise<string> {
  const parts: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => parts.push(String(text)) > 0);
  await statusCommand().exitOverride().parseAsync(args, { from: 'user' });
  write.mockRestore();
  return parts.join('');
}

/** A file with three deliveries: sent, waiting, in hand. */
async function keptShop(): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  await datastore.ledger.open([anEntry('n-1'), anEntry('n-2', ['sms'])]);
  await datastore.ledger.record(
    [sent('n-1', 'email'), deferred('n-1', 'sms', Date.parse('2026-03-02T12:00:00Z'))],
    [],
  );
  await datastore.close();
  return file;
}

test('without --data, the figures are those of all the scenarios', async () => {
  const { code, stdout, stderr } = await runCli('status');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^\d+ deliveries requested = \d+ sent \+ \d+ skipped \+ \d+ dead-lettered \+ \d+ pending\n/,
  );
  expect(stdout).not.toContain('\u001b[');
});

test('a kept datastore has the figures that the demo had at its end', async () => {
  const file = temporaryFile('shop.db');
  const demo = await runCli('demo', '--quiet', '--data', file);

  const figures = JSON.parse(await printed('--data', file, '--json'));

  const { requested, sent, skipped, deadLettered, pending, deliveryTimeMs } = figures;
  const ends = `${sent} sent + ${skipped} skipped + ${deadLettered} dead-lettered + ${pending} pending`;
  const { p50, p95, p99 } = deliveryTimeMs;
  expect(demo.stdout.split('\n').slice(1)).toEqual([
    expect.stringContaining(`, ${requested} deliveries = ${ends}`),
    `  success rate ${inPercent(figures.successRate)}, average attempts ${onAverage(figures.averageAttempts)}`,
    `  delivery time p50 ${inWords(p50)}, p95 ${inWords(p95)}, p99 ${inWords(p99)}, in virtual time`,
    '',
  ]);
});

test('--json is one object, with ISO times, and the same by channel', async () => {
  const file = await keptShop();

  const figures = JSON.parse(await printed('--data', file, '--json'));

  expect(figures).toEqual({
    requested: 3,
    sent: 1,
    skipped: 0,
    deadLettered: 0,
    pending: 2,
    waiting: 1,
    nextDueAt: '2026-03-02T12:00:00.000Z',
    oldestPendingAt: '2026-03-02T10:00:00.000Z',
    failed: 0,
    recovered: 0,
    successRate: 1,
    attempts: 1,
    asked: 1,
    averageAttempts: 1,
    skippedByReason: {},
    deadLetteredByReason: {},
    waitingByReason: { quiet_hours: 1 },
    reported: { delivered: 0, bounced: 0, failed: 0 },
    deliveryTimeMs: { min: 5, p50: 5, p95: 5, p99: 5, max: 5 },
    channels: [
      expect.objectContaining({ channel: 'email', requested: 1, sent: 1, nextDueAt: null }),
      expect.objectContaining({ channel: 'sms', pending: 2, successRate: null, deliveryTimeMs: null }),
    ],
    failures: [],
    deadMessages: [],
    circuitBreakers: [
      { channel: 'email', state: 'closed', failuresInARow: 0 },
      { channel: 'sms', state: 'closed', failuresInARow: 0 },
    ],
  });
});

test('only for Prometheus is its library loaded', async () => {
  const isLoaded = (): boolean =>
    Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('prom-client'));
  const file = await keptShop();

  await printed('--data', file);
  expect(isLoaded()).toBe(false);

  expect(await printed('--data', file, '--prometheus')).toContain(
    '\nnotification_deliveries{channel="email",status="sent",reason="sent"} 1\n',
  );
  expect(isLoaded()).toBe(true);
});

test('asking changes nothing: what waits still waits', async () => {
  const file = await keptShop();
  const before = await printed('--data', file, '--json');

  expect(await printed('--data', file, '--json')).toBe(before);
});

test('a datastore that is not there is named, and not made', async () => {
  const file = temporaryFile('nowhere.db');

  expect(await runCli('status', '--data', file)).toEqual({
    code: 2,
    stdout: '',
    stderr: `status: there is no file "${file}". Name a file that \`npm run demo\` or \`npm run replay\` has kept with --data.\n`,
  });
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['an empty file', '', /^the file ".*" is empty$/],
  [
    'a file of another kind',
    'not a database, but long enough to be looked at',
    /^cannot use ".*" as the datastore: /,
  ],
])('%s is refused, and left as it is', async (_, content, message) => {
  const file = temporaryFile('notes.txt');
  writeFileSync(file, content);

  expect(await rejectionOf(() => printed('--data', file))).toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(message),
  });
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('two formats at once are refused in one line', async () => {
  const { code, stdout, stderr } = await runCli('status', '--json', '--prometheus');

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    "status: option '--json' cannot be used with option '--prometheus' (npm run status -- --help)\n",
  );
});

test('the help shows examples', async () => {
  const { code, stdout } = await runCli('status', '--help');

  expect(code).toBe(0);
  expect(stdout).toContain('npm run status -- --data shop.db --prometheus');
});

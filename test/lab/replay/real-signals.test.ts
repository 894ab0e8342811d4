import { spawn } from 'node:child_process';
import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { addHelmet, at, order, register, writeHistory } from './history.ts';

const asleep = register({ quietHours: { start: '22:00', end: '07:00' } });
const night = '2026-03-02T23:00:00Z';

/** The real command line, as `npm run` starts it. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const command = ['--import', 'tsx/esm', 'src/demo/cli.ts', ...args];
  const child = spawn(process.execPath, command, { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null; stdout: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout }));
  });
  return { child, ended };
}

/** Resolves when the file has grown to so many bytes: how often the system tells of a write differs. */
function grownTo(bytes: number, file: string, folder: string): Promise<void> {
  let watcher: FSWatcher | undefined;
  const hasGrown = new Promise<void>((resolve) => {
    watcher = watch(folder, (_event, name) => {
      const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      if (name === basename(file) && size >= bytes) resolve();
    });
  });
  return hasGrown.finally(() => watcher?.close());
}

test('SIGTERM in the middle of a long history ends it in order, and the next process goes on', async () => {
  const orders = Array.from({ length: 20_000 }, (_, index) => at(night, order(`order-${index}`)));
  const { file, folder, report } = writeHistory(at(night, addHelmet), at(night, asleep), ...orders);
  const data = join(folder, 'shop.db');
  // A new datastore without a row has a tenth of it.
  const isUnderWay = grownTo(2_000_000, `${data}-wal`, folder);

  const { child, ended } = start(['replay', file, '--data', data, '--bus', 'durable', '--report', report]);
  await isUnderWay;
  const askedMs = performance.now();
  child.kill('SIGTERM');
  const { code, signal, stdout } = await ended;

  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(performance.now() - askedMs).toBeLessThan(15_000);
  expect(stdout).toContain('stopped before the end of the history; what waits stays in the datastore');
  expect(stdout).toContain(`\nnpm run resume -- --data ${data} sends what waits; the whole history`);
  expect(existsSync(report)).toBe(false);
  const told = /([\d,]+) deliveries requested = ([\d,]+) sent .* \+ ([\d,]+) pending/.exec(stdout) ?? [];
  const [requested, sent, pending] = told.slice(1).map((text) => Number(text.replaceAll(',', '')));
  expect(pending).toBeGreaterThan(0);
  const datastore = openDatastore({ file: data });
  const giveBack = await datastore.claimConsumption();
  const counts = await datastore.ledger.counts();
  expect(counts).toEqual({ requested, sent, pending, skipped: 0, deadLettered: 0 });
  expect(counts.requested).toBe(counts.sent + counts.pending);
  giveBack();
  await datastore.close();

  const next = await start(['resume', '--data', data]).ended;
  expect(next.code).toBe(0);
  const resumed = openDatastore({ file: data });
  expect(await resumed.ledger.counts()).toMatchObject({ requested, pending: 0 });
  await resumed.close();
});

test('a second signal ends the process at once, though a provider has not answered', async () => {
  const { file } = writeHistory(at(night, addHelmet), at(night, register()));
  // It takes calls, and never says a word.
  const provider = createServer((socket) => void socket.on('error', () => {}));
  const wasCalled = new Promise((resolve) => provider.once('connection', resolve));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void provider.close());
  const { port } = provider.address() as AddressInfo;

  const { child, ended } = start(['replay', file], { SMTP_URL: `smtp://127.0.0.1:${port}` });
  await wasCalled;
  // Two of one kind might count as one; which of these comes first is for the system to say.
  child.kill('SIGTERM');
  child.kill('SIGINT');
  const { code, stdout } = await ended;

  expect([130, 143]).toContain(code);
  expect(stdout).toBe('');
});

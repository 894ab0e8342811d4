import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Said } from '../../../src/lab/shop-process/protocol.ts';
import { ShopProcess } from '../../../src/lab/shop-process/shop-process.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shop-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx/esm', ...args], {
    env: { ...process.env, ...env },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stderr })),
  );
  return { child, ended };
}

test('a process that cannot open its file says why', async () => {
  const shop = new ShopProcess(() => {});
  const file = join(temporaryFile('nowhere'), 'shop.db');

  shop.tell({ kind: 'open', file, architecture: 'event-sourced', startMs: 0, seed: 1 });

  const error = {
    code: 'shop_process_failed',
    message: expect.stringContaining('its folder does not exist'),
  };
  await expect(shop.says('open')).rejects.toMatchObject(error);
  await expect(shop.ended).rejects.toMatchObject(error);
});

test('a process that stands still after a commit says nothing more, and can be killed', async () => {
  const heard: Said['kind'][] = [];
  const shop = new ShopProcess(({ kind }) => void heard.push(kind));
  const file = temporaryFile('shop.db');
  shop.tell({ kind: 'open', file, architecture: 'event-sourced', startMs: 0, seed: 1 });
  await shop.says('open');

  const command = { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1001' } } as const;
  shop.tell({ kind: 'command', number: 1, command, stopsAfterCommit: true });
  shop.tell({ kind: 'rest' });
  await shop.says('stopped');
  // Time enough to say more.
  const other = new ShopProcess(() => {});
  await other.says('awake');
  for (const each of [other, shop]) each.kill();
  await Promise.all([other.ended, shop.ended]);

  expect(heard).toEqual(['awake', 'open', 'stopped']);
});

test('nobody is to start it by hand', async () => {
  expect(await run(['src/demo/shop-process-cli.ts']).ended).toEqual({
    code: 2,
    signal: null,
    stderr: 'shop-process: nobody to run a shop for. Use `npm run demo crash-and-recover`.\n',
  });
});

test('Ctrl-C in the middle of the scenario leaves no file behind, and ends the demo in order', async () => {
  const folder = temporaryFolder();
  const ofScenario = (): string[] =>
    readdirSync(folder).filter((name) => name.startsWith('crash-and-recover'));

  const { child, ended } = run(['src/demo/cli.ts', 'demo', 'crash-and-recover'], { TMPDIR: folder });
  const isUnderWay = (): boolean =>
    ofScenario().some((name) => existsSync(join(folder, name, 'shop.db-wal')));
  await vi.waitFor(() => expect(isUnderWay()).toBe(true), { timeout: 50_000, interval: 5 });
  child.kill('SIGINT');

  expect(await ended).toEqual({
    code: 0,
    signal: null,
    stderr: 'interrupted: scenarios played to the end: 0 of 1\n',
  });
  expect(ofScenario()).toEqual([]);
}, 60_000);

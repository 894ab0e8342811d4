import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoScenarios } from '../../../src/lab/scenarios/index.ts';
import { runCli } from '../../support/command-line.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hints-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** All commands that a run names, without those that this file plays anyway. */
const hintsIn = (stdout: string): string[][] =>
  [...stdout.matchAll(/npm run (.+?)(?: {2,}|\n)/g)]
    .map(([, command = '']) => command.split(' ').filter((word) => word !== '--'))
    .filter(([name, first]) => name !== 'demo' || !['crash-and-recover', '--list'].includes(first ?? ''));

const played = demoScenarios.map(({ name }) => name);

test.each(played)('every command that %s ends with can be typed', async (name) => {
  const { stdout } = await runCli('demo', name);

  const hints = hintsIn(stdout);
  expect(hints.length).toBeGreaterThan(0);
  for (const words of hints) {
    const typed = words.map((word) => (word === 'kept.db' ? join(folder, 'kept.db') : word));
    expect({ words, ...(await runCli(...typed)) }).toMatchObject({ code: 0, stderr: '' });
  }
});

test('a dead message of the bus in memory is said to be gone, and one of the durable bus is there to be seen', async () => {
  const kept = join(folder, 'kept.db');

  const gone = await runCli('demo', 'poison-event');
  const there = await runCli('demo', 'poison-event', '--bus', 'durable', '--data', kept);

  expect(gone.stdout).toContain('message-1: dead letters of the bus in memory, gone with it');
  expect(there.stdout).not.toContain('gone with it');
  expect((await runCli('dead-letters', 'show', 'message-1', '--data', kept)).stdout).toContain(
    'unknown_order',
  );
});

test('the explanation of an event that nobody could handle names its dead letter', async () => {
  const { stdout } = await runCli('explain', 'ord-9999');

  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'it is dead letter message-1, for notification-service, after 3 attempts: unknown_order',
  );
});

test('what crash-and-recover has kept is explained with its events, and is no news to who goes on with it', async () => {
  const kept = join(folder, 'kept.db');
  const stories = ['order-shipped', 'crash-and-recover'];
  await runCli('demo', ...stories, '--bus', 'durable', '--data', kept);

  const explained = await runCli('explain', 'ord-2601', '--data', kept);
  const resumed = await runCli('resume', '--data', kept, '--json');

  expect(explained.stdout).toMatch(/^OrderStatusChanged ord-2601 new → placed\n/);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ ends: {}, deadMessages: 0 });
});

test('where nothing remembers what was to be said, the crash leads to the customer who is never told', async () => {
  const { stdout } = await runCli('demo', 'crash-and-recover', '--architecture', 'api-driven');

  expect(stdout).toContain('Why is Ada never told? npm run explain -- ord-2601 --architecture api-driven');
  const { stdout: why } = await runCli('explain', 'ord-2601', '--architecture', 'api-driven');
  expect(why.replace(/\s+/g, ' ')).toContain('no notification of its own');
});

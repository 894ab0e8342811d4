import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { runProcess } from '../../support/command-line.ts';

const command = [
  'flow',
  'authentication',
  '--stress',
  '--count',
  '120',
  '--bus',
  'durable',
  '--json',
  '--data',
];

/** How many messages a file holds, while another process writes to it. */
async function headOf(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  try {
    const datastore = openDatastore({ file, access: 'read' });
    try {
      return await datastore.consumption.head();
    } finally {
      await datastore.close();
    }
  } catch {
    // It is being made.
    return 0;
  }
}

/** Runs the command until its file holds so many messages, and kills it there. */
async function killAt(messages: number, file: string): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/demo/cli.ts', ...command, file], {
    stdio: 'ignore',
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_, signal) => resolve(signal));
  });
  while (child.exitCode === null && (await headOf(file)) < messages) await setTimeout(5);
  child.kill('SIGKILL');
  return ended;
}

/** What is left of all in a run. */
function endOf(stdout: string): unknown {
  const { flow: _, statistics: __, ...end } = JSON.parse(stdout);
  return end;
}

test('killed again and again, and started with the same command, it comes to the same end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'killed-flow-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const whole = await runProcess([...command, join(folder, 'whole.db')]);
  expect(whole).toMatchObject({ code: 0, stderr: '' });

  const file = join(folder, 'killed.db');
  for (const messages of [100, 350, 700]) expect(await killAt(messages, file)).toBe('SIGKILL');
  const killed = await runProcess([...command, file]);

  expect(killed).toMatchObject({ code: 0, stderr: '' });
  expect(endOf(killed.stdout)).toEqual(endOf(whole.stdout));
}, 300_000);

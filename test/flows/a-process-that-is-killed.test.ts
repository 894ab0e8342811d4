import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { flowNames } from '../../src/demo/flows.ts';
import { commandLine } from '../support/built.ts';
import { runProcess } from '../support/command-line.ts';

/** How many messages a file holds, while another process may write to it. */
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

/** Runs a command until its file holds so many messages, and kills it there. */
async function killAt(
  messages: number,
  command: readonly string[],
  file: string,
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [commandLine, ...command, file], {
    stdio: 'ignore',
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_, signal) => resolve(signal));
  });
  while (child.exitCode === null && (await headOf(file)) < messages) await setTimeout(5);
  child.kill('SIGKILL');
  return ended;
}

/** What differs between two runs that end the same: how long things took, and where they are. */
const ofTheRun = ['flow', 'statistics', 'where'];

/** What is left of all in a run; of what waited for a day, the day. */
function endOf(stdout: string): unknown {
  return JSON.parse(stdout, (name, value) => {
    if (ofTheRun.includes(name)) return undefined;
    return name === 'followedUpAt' && typeof value === 'string' ? value.slice(0, 10) : value;
  });
}

/** Of what comes from outside, as much as keeps a process busy for a few seconds. */
const count = '150';

test.each(flowNames)(
  '%s, killed again and again, and started with the same command, comes to the same end',
  {
    timeout: 300_000,
  },
  async (flow) => {
    const folder = await mkdtemp(join(tmpdir(), 'killed-flow-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const command = ['flow', flow, '--stress', '--count', count, '--bus', 'durable', '--json', '--data'];
    const [wholeFile, file] = [join(folder, 'whole.db'), join(folder, 'killed.db')];
    const whole = await runProcess([...command, wholeFile]);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    const messages = await headOf(wholeFile);

    for (const share of [0.3, 0.7])
      expect(await killAt(Math.floor(share * messages), command, file)).toBe('SIGKILL');
    const killed = await runProcess([...command, file]);

    expect(killed).toMatchObject({ code: 0, stderr: '' });
    expect(endOf(killed.stdout)).toEqual(endOf(whole.stdout));
  },
);

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { flowNames } from '../../src/demo/flows.ts';
import { readLog } from '../../src/operations/event-log/index.ts';
import { commandLine } from '../support/built.ts';
import { runProcess } from '../support/command-line.ts';

/** Of what comes from outside, as much as keeps a process busy for a few seconds. */
const count = '150';

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

/** The types of which two messages of the file say the same. */
async function saidTwice(file: string): Promise<ReadonlySet<string>> {
  const datastore = openDatastore({ file, access: 'read' });
  const said = new Set<string>();
  const twice = new Set<string>();
  for await (const { message } of readLog(datastore)) {
    const words = JSON.stringify([message.type, message.data]);
    if (said.has(words)) twice.add(message.type);
    said.add(words);
  }
  await datastore.close();
  expect(said.size).toBeGreaterThan(Number(count));
  return twice;
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

test.each(flowNames)(
  '%s, killed again and again, and started with the same command, comes to the same end, and says nothing twice',
  { timeout: 300_000 },
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
    // No trade, charge, mail, reward or certificate is there a second time, nor anything else that a life without a death says once.
    const always = await saidTwice(wholeFile);
    expect([...(await saidTwice(file))].filter((type) => !always.has(type))).toEqual([]);
    expect(endOf(killed.stdout)).toEqual(endOf(whole.stdout));
  },
);

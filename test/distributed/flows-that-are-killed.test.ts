import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { aPlace, asAdmin } from '../support/a-datastore.ts';
import { commandLine } from '../support/built.ts';
import { runCli } from '../support/command-line.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { eventually } from './deployment.ts';

const headOf = async (place: string): Promise<number> =>
  Number((await asAdmin('select count(*) from notification_architectures.event_log', place))[0]?.count);

/** Runs a command until its database holds so many messages, and kills it there. */
async function killAt(messages: number, command: readonly string[], place: string): Promise<unknown> {
  const child = spawn(process.execPath, [commandLine, ...command], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await eventually(
    `${messages} messages`,
    async () => child.exitCode !== null || (await headOf(place)) >= messages,
    120_000,
  );
  child.kill('SIGKILL');
  return (await ended)[1];
}

/** What is left of all in a run; of what waited for a day, the day. */
const endOf = (stdout: string): unknown =>
  JSON.parse(stdout, (name, value) => {
    if (['statistics', 'where'].includes(name)) return undefined;
    return name === 'followedUpAt' && typeof value === 'string' ? value.slice(0, 10) : value;
  });

test.each([
  // Between taking money and giving it back: a provider who forgets would be noticed.
  { flow: 'order-saga', kills: [500, 900] },
  { flow: 'etl', kills: [150, 300] },
  { flow: 'iot', kills: [150, 300] },
])(
  '$flow, killed twice in a database, and started with the same command, comes to the end that it has in a file',
  async ({ flow, kills }) => {
    const generated = ['flow', flow, '--stress', '--count', '150', '--bus', 'durable', '--json', '--data'];
    const inFile = await runCli(...generated, temporaryFile('flow.db'));
    const place = await aPlace();
    const command = [...generated, place, '--files', temporaryFile('files')];
    expect(inFile).toMatchObject({ code: 0, stderr: '' });

    for (const messages of kills) expect(await killAt(messages, command, place)).toBe('SIGKILL');
    const before = await headOf(place);
    const killed = await runCli(...command);

    expect(killed).toMatchObject({ code: 0, stderr: '' });
    expect(await headOf(place)).toBeGreaterThan(before);
    expect(endOf(killed.stdout)).toEqual(endOf(inFile.stdout));
  },
  240_000,
);

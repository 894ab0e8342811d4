import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { runHere } from '../support/command-line.ts';
import type { CheckOptions } from './support/check-schedules.ts';
import { soakCommand } from './support/soak-command.ts';

/** Three schedules, in each of which so much is lost as is declared; and what is broken in the end. */
const ending = (declared: readonly string[], broken?: string) => {
  return async ({ onSchedule }: CheckOptions): Promise<string | undefined> => {
    for (let index = 0; index < 3; index++) onSchedule?.(declared);
    return broken;
  };
};
const soak = (check: ReturnType<typeof ending>) => runHere((exitWith) => soakCommand(exitWith, check));

test('what an architecture declares that it loses is counted, and no promise is broken', async () => {
  const { code, stdout } = await soak(ending(['lost: welcome:kim']));

  expect(stdout).toContain('3 schedules');
  expect(stdout).toContain('every promise was kept; lost with a process, as declared: 3 notifications');
  expect(code).toBe(0);
});

test('where nothing is lost, nothing is said of it', async () => {
  const { stdout } = await soak(ending([]));

  expect(stdout).toMatch(/every promise was kept\n$/);
});

test('a broken promise is named, and the exit code is 1', async () => {
  const { code, stdout } = await soak(ending(['lost: welcome:kim'], 'doubled: welcome:sam'));

  expect(stdout).toContain('broken: doubled: welcome:sam');
  expect(code).toBe(1);
});

test.each(['a:b:c', '', '47:', '-1', '4.5'])(
  'a path like %o is refused, and nothing is played',
  async (path) => {
    const soaking = runHere((exitWith) => soakCommand(exitWith, ending([])), '--path', path);

    await expect(soaking).rejects.toMatchObject({
      code: 'commander.invalidArgument',
      message: expect.stringContaining('Give what a failure printed, such as 47 or 47:1.'),
    });
  },
);

test('one path is one schedule', async () => {
  const { code, stdout } = await runHere((exitWith) => soakCommand(exitWith), '--seed', '7', '--path', '3');

  expect(stdout).toMatch(/^1 schedule, /);
  expect(code).toBe(0);
});

test('on a bus in memory, processes die, and what they alone knew is declared', async () => {
  const { code, stdout } = await runHere(
    (exitWith) => soakCommand(exitWith),
    ...['--bus', 'in-memory', '--schedules', '5', '--seed', '3'],
  );

  expect(stdout).toContain('lost with a process, as declared');
  expect(code).toBe(0);
});

test.skipIf(existsSync('dist'))(
  'what is built is asked for where nothing is: one line says how to build it',
  async () => {
    const said: string[] = [];
    const command = soakCommand(() => {}).configureOutput({ writeErr: (text) => said.push(text) });

    await expect(command.parseAsync(['--processes', '--built'], { from: 'user' })).rejects.toMatchObject({
      name: 'CommanderError',
    });

    expect(said.join('')).toBe('error: there is no dist/demo/cli.js: run `npm run build` first\n');
  },
);

test.each([60, 80])('its help can be read at %i columns', async (columns) => {
  const before = process.stdout.columns;
  onTestFinished(() => {
    process.stdout.columns = before;
  });
  process.stdout.columns = columns;
  const lines: string[] = [];
  const command = soakCommand(() => {}).configureOutput({
    writeOut: (text) => lines.push(...text.split('\n')),
  });

  await expect(command.parseAsync(['--help'], { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });

  expect(lines.join('\n')).toContain('--seed 42 --path 47');
  expect(lines.filter((line) => line.length > columns)).toEqual([]);
});

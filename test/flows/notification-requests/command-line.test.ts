import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../support/built.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `atFirst` is called when it has written something. */
function run(args: readonly string[], atFirst?: (child: ChildProcess) => void): Promise<Ended> {
  const cli = [commandLine, 'pipeline', ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, cli, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    if (atFirst !== undefined) child.stdout?.once('data', () => atFirst(child));
    child.stdin?.end("user_001 email,sms 'Your order shipped!' high\nsend\n");
  });
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe.concurrent('the pipeline at the command line', () => {
  it('exits 0 when all is well, without colours in a pipe, and logs to stderr', async () => {
    const { code, stdout, stderr } = await run(['--interactive', '--log', 'json']);

    expect(code).toBe(0);
    expect(stdout).toContain('✓ #1');
    expect(stdout).not.toContain('\u001b[');
    const log = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(log[0]).toMatchObject({
      msg: 'handled',
      messageId: expect.any(String),
      type: 'NotificationSubmitted',
      stage: 'validate',
    });
    expect(log.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['validate', 'route', 'email', 'sms', 'audit']),
    );
  });

  it('exits 1 when a request did not get through', async () => {
    const file = join(folder, 'requests.json');
    await writeFile(file, '[{"userId":"zoe","channels":["email"],"message":"Hi"}]');

    expect(await run(['--file', file])).toMatchObject({ code: 1, stderr: '' });
  });

  it('waits for what is tried again', async () => {
    const file = join(folder, 'again.json');
    await writeFile(file, '[{"userId":"user_001","channels":["email"],"message":"Hi"}]');

    const { code, stdout } = await run(['--file', file, '--fail-first', '1', '--retry-base-delay', '20']);

    expect(code).toBe(0);
    expect(stdout).toContain('✓ 1 request: 1 sent');
  });

  it('holds a rate, and says how long a request takes, without a line for each', async () => {
    const { code, stdout } = await run([
      '--stress',
      '--count',
      '40',
      '--rate',
      '400',
      '--failure-rate',
      '0.1',
      '--retry-base-delay',
      '20',
    ]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ 40 requests: /m);
    expect(stdout).toMatch(/^ {2}\d+ requests\/s of 400 asked for$/m);
    expect(stdout).toMatch(/^ {2}a request takes p50 .+, p95 .+, p99 .+, at most .+$/m);
    expect(stdout.split('\n').length).toBeLessThan(25);
  });

  it('finishes what is in hand on Ctrl-C, and exits 0', async () => {
    const { code, stdout } = await run(['--stress', '--verbose', '--count', '1000000'], (child) =>
      child.kill('SIGINT'),
    );

    expect(code).toBe(0);
    expect(stdout).toContain('interrupted: what was in hand is done, the rest was not sent');
  });

  it('shows examples in its help', async () => {
    const { code, stdout } = await run(['--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('npm run pipeline -- --stress --count 2000');
  });

  it.each([
    [['--file', 'nowhere.csv'], /^pipeline: there is no file "nowhere\.csv"\. Check the path\.\n$/],
    [['--count', '5'], /^pipeline: --count is of no use here\. It goes with --stress\.\n$/],
    [['--rate', '5'], /^pipeline: --rate is of no use here\. It goes with --stress\.\n$/],
    [['--stress', '--rate', '0'], /^pipeline: option '--rate <n>' argument '0' is invalid\. .*\n$/],
    [['--stress', '--count', '0'], /^pipeline: option '--count <n>' argument '0' is invalid\. .*\n$/],
    [
      ['--stress', '--interactive'],
      /^pipeline: option '--interactive' cannot be used with option '--stress' \(npm run pipeline -- --help\)\n$/,
    ],
  ])('%j gets one clear line and exit code 2', async (args, line) => {
    const { code, stdout, stderr } = await run(args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });
});

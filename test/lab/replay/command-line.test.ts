import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandLine } from '../../support/built.ts';
import { addHelmet, at, order, register, ship, writeHistory } from './history.ts';

const shopOpens = [
  at('2026-03-02T10:00:00Z', addHelmet),
  at('2026-03-02T10:00:00Z', register()),
  at('2026-03-02T10:02:00Z', order('order-1')),
];

/** The real command line, in a shell when `pipe` takes what it prints. */
function run(
  args: readonly string[],
  pipe = '',
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const command = `"$@" ${pipe}`;
  const node = [process.execPath, commandLine, 'replay', ...args];
  const child = spawn('sh', ['-c', command, 'sh', ...node]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

test('a flawless replay exits 0, and says nothing on stderr', async () => {
  const { file } = writeHistory(...shopOpens);

  const { code, stdout, stderr } = await run([file]);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('3 deliveries requested = 3 sent + 0 skipped + 0 dead-lettered + 0 pending');
});

test('a replay with bad lines exits 1, and shows twenty of them', async () => {
  const badLines = Array.from({ length: 25 }, () => at('2026-03-02T10:03:00Z', ship('order-x')));
  const { file } = writeHistory(...shopOpens, ...badLines);

  const { code, stdout, stderr } = await run([file, '--json']);

  const told = stderr.trimEnd().split('\n');
  expect(code).toBe(1);
  expect(told[0]).toBe('line 4: there is no order "order-x". Check the id, or create the order first.');
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toBe('… and 5 more bad lines');
  expect(JSON.parse(stdout)).toMatchObject({ commands: 3, refused: 25, from: '2026-03-02T10:00:00.000Z' });
});

test('a strict replay with a bad line exits 2 with one line', async () => {
  const { file } = writeHistory(...shopOpens, 'not JSON');

  expect(await run([file, '--strict'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'replay: line 4: the line is not JSON. Write one JSON object a line, with no comma behind it.\n',
  });
});

test('a file that is not there exits 2 with one line', async () => {
  const { code, stderr } = await run(['nowhere.ndjson']);

  expect(code).toBe(2);
  expect(stderr).toBe('replay: there is no file "nowhere.ndjson". Check the path.\n');
});

test.each(['head -1', 'true'])('a reader that has seen enough is no error: %s', async (reader) => {
  const { file } = writeHistory(...shopOpens);

  const { code, stderr } = await run([file], `| ${reader}`);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

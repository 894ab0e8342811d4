import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';

const kernel = new URL('../../src/kernel/index.ts', import.meta.url).href;

/** Runs `body`, in which `log` is a logger of the level, in a process of its own. */
async function runLogging(level: string, body: string): Promise<{ stdout: string; stderr: string }> {
  const script = `
    const { createLogger } = await import(${JSON.stringify(kernel)});
    const log = await createLogger(${JSON.stringify(level)});
    ${body}`;
  const flags = ['--import', 'tsx', '--input-type', 'module', '--eval', script];
  return promisify(execFile)(process.execPath, flags);
}

test('the log is one JSON object a line, on stderr, with the time in UTC', async () => {
  const { stdout, stderr } = await runLogging(
    'info',
    `log.debug({ n: 0 }, 'too quiet');
    log.info({ messageId: 'm-1' }, 'started\\non two lines');
    log.warn({ attempt: 2, final: true, absent: undefined }, 'slow');
    log.error({}, 'failed');`,
  );

  expect(stdout).toBe('');
  const lines = stderr.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 30, time: expect.any(String), messageId: 'm-1', msg: 'started\non two lines' },
    { level: 40, time: expect.any(String), attempt: 2, final: true, msg: 'slow' },
    { level: 50, time: expect.any(String), msg: 'failed' },
  ]);
  expect(JSON.parse(lines[0] ?? '').time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('what is logged last is written even when the process exits at once', async () => {
  const { stderr } = await runLogging('error', `log.error({}, 'last words'); process.exit(0);`);

  expect(JSON.parse(stderr).msg).toBe('last words');
});

test('the silent logger says nothing', () => {
  expect(() => {
    for (const say of Object.values(silentLogger)) say({ n: 1 }, 'text');
  }).not.toThrow();
});

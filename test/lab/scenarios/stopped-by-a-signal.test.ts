import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../../support/built.ts';

test('SIGINT while a mail server is silent ends the demo in time, and says what was not played', async () => {
  let accept = (): void => {};
  const isCalled = new Promise<void>((resolve) => {
    accept = resolve;
  });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    accept();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const demo = [commandLine, 'demo', 'order-shipped', 'order-complete'];
  const env = { ...process.env, SMTP_URL: `smtp://127.0.0.1:${port}` };
  const child = spawn(process.execPath, demo, { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  await isCalled;
  child.kill('SIGINT');

  expect(await ended).toEqual({ code: 0, signal: null });
  expect(stdout).toBe('');
  expect(stderr).toContain('interrupted: scenarios played to the end: 0 of 2\n');
}, 60_000);

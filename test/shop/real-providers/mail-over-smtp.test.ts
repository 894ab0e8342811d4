import { afterEach, expect, test, vi } from 'vitest';
import { demoCommand } from '../../../src/demo/commands/demo.ts';
import { replayCommand } from '../../../src/demo/commands/replay.ts';
import { statusCommand } from '../../../src/demo/commands/status.ts';
import { addHelmet, at, register, writeHistory } from '../../lab/replay/history.ts';
import { runHere, runProcess } from '../../support/command-line.ts';
import { openSmtpServer } from '../../support/smtp-server.ts';

afterEach(() => void vi.unstubAllEnvs());

test('the demo sends its mails over SMTP_URL, says so on stderr, and shows which they were', async () => {
  const server = await openSmtpServer();

  const { code, stdout, stderr } = await runProcess(['demo', 'order-shipped'], {
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
  });

  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `email is really sent, over 127.0.0.1:${server.port} (SMTP_URL)\n`,
  });
  expect(server.mails.map(({ to }) => to)).toEqual([['ada@example.com'], ['dev@example.com']]);
  // Nobody kept what went out; the SMS were captured, as ever.
  expect(stdout).toContain('         ✓ ada   email order-shipped\n');
  expect(stdout).toContain('         ✓ ada   sms   1 segment, GSM-7\n');
  expect(stdout).toContain('1 of 1 scenario as expected');
});

test('a mail has the date on which it was really sent', async () => {
  const server = await openSmtpServer();
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${server.port}`);
  const before = Date.now();

  await runHere(demoCommand, 'welcome');

  const sentAtMs = Date.parse(/^Date: (.*)$/m.exec(server.mails[0]?.wire ?? '')?.[1] ?? '');
  // In whole seconds; the scenario plays on a day of its own.
  expect(sentAtMs).toBeGreaterThan(before - 1000);
  expect(sentAtMs).toBeLessThanOrEqual(Date.now());
});

test('a replay sends its mails there too, and closes the connections', async () => {
  const server = await openSmtpServer();
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${server.port}`);
  const { file } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:00:00Z', register()),
  );

  const { code } = await runHere(replayCommand, file, '--quiet');

  expect(code).toBe(0);
  expect(server.mails.map(({ to }) => to)).toEqual([['kim@example.com']]);
  await vi.waitFor(() => expect(server.openConnectionCount).toBe(0));
});

test('commands that only look send nothing', async () => {
  const server = await openSmtpServer();
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${server.port}`);

  const { stderr } = await runHere(statusCommand);

  expect({ stderr, connections: server.connectionCount }).toEqual({ stderr: '', connections: 0 });
});

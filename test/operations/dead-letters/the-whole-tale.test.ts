import { afterEach, expect, test, vi } from 'vitest';
import { demoCommand } from '../../../src/demo/commands/demo.ts';
import { explainCommand } from '../../../src/demo/commands/explain.ts';
import { resumeCommand } from '../../../src/demo/commands/resume.ts';
import { statusCommand } from '../../../src/demo/commands/status.ts';
import { runHere } from '../../support/command-line.ts';
import { openSmtpServer, reply } from '../../support/smtp-server.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { adasLetter, deadLetters, devsLetter } from './a-kept-shop.ts';

afterEach(() => void vi.unstubAllEnvs());

test('a mail server fails, retries are seen, the dead letter is found, the server is mended, and the mail arrives', async () => {
  const file = temporaryFile('shop.db');
  let isBroken = true;
  const server = await openSmtpServer(() => ({
    onMailFrom: (_, __, answer) => (isBroken ? answer(reply(451)) : answer()),
  }));
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${server.port}`);
  const data = ['--data', file];

  // The orders ship while the server is broken: the SMS arrive, the mails are to be tried again.
  const day = await runHere(demoCommand, 'order-shipped', '--bus', 'durable', ...data);
  expect(day.stdout).toMatch(/✓ ada {3}sms/);
  expect(day.stdout).toMatch(/◷ ada {3}email provider_unavailable: .*\n? *will be tried again at 10:00:0\d/);
  expect(day.code).toBe(1);

  // It stays broken through every attempt.
  const later = await runHere(resumeCommand, ...data);
  expect(later.code).toBe(1);
  expect(later.stdout).toContain('4 deliveries requested = 1 sent + 1 skipped + 2 dead-lettered + 0 pending');

  // The dead letters are found, and say what was wrong.
  const list = await deadLetters(file, 'list');
  expect(list.stdout).toContain('2 dead letters');
  const why = await deadLetters(file, 'show', 'order-shipped:ord-1001');
  expect(why.stdout.replace(/\s+/g, ' ')).toContain(
    'channel_error: The mail server sent us away: reply 451.',
  );
  expect(server.mails).toEqual([]);

  // The server is mended.
  isBroken = false;
  const again = await deadLetters(file, 'redrive', '--all');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('2 re-driven: 2 sent') });
  expect(server.mails.map(({ to }) => to)).toEqual([['ada@example.com'], ['dev@example.com']]);
  expect(server.mails[0]?.wire).toContain('Subject: Your order ord-1001 is on its way');

  // Nothing is left to do, and nobody can send them a second time.
  expect(await deadLetters(file, 'list')).toMatchObject({ stdout: 'There are no dead letters.\n' });
  await expect(deadLetters(file, 'redrive', adasLetter)).rejects.toThrow(
    `"${adasLetter}" is no dead letter: was sent`,
  );
  const status = await runHere(statusCommand, ...data);
  expect(status.stdout).toContain(
    '4 deliveries requested = 3 sent + 1 skipped + 0 dead-lettered + 0 pending',
  );
  const explanation = await runHere(explainCommand, devsLetter, ...data);
  expect(explanation.stdout.match(/(provider_unavailable|attempts_exhausted|redriven|sent):/g)).toEqual([
    ...Array.from({ length: 7 }, () => 'provider_unavailable:'),
    'attempts_exhausted:',
    'redriven:',
    'sent:',
  ]);
  expect(server.mails).toHaveLength(2);
});
